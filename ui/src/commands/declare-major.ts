// Declare a major incident: the process opens (§3.6).
import { type IncidentDeed, said } from "./deed";

export const declareMajor: IncidentDeed = {
  on: "incident",
  verb: "declare_major",
  label: "Declare major incident",
  keywords: ["widespread", "process"],
  icon: "major",
  keys: null,
  fields: () => [{ kind: "text", name: "reason", label: "Why?" }],
  build: (view, values) => ({
    command: {
      verb: "declare_major",
      incident: view.card.id,
      reason: said(values, "reason"),
    },
  }),
};
