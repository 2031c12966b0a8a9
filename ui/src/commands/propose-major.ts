// Propose as major: impact as wide as a major one, though it is not Severity 1 (§3.6).
import { type IncidentDeed, said } from "./deed";

export const proposeMajor: IncidentDeed = {
  on: "incident",
  verb: "propose_major",
  label: "Propose as major",
  keywords: ["widespread", "many clients"],
  icon: "major",
  keys: null,
  fields: () => [{ kind: "text", name: "reason", label: "Why is it as wide?" }],
  build: (view, values) => ({
    command: {
      verb: "propose_major",
      incident: view.card.id,
      reason: said(values, "reason"),
    },
  }),
};
