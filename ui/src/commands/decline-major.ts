// Decline a major incident: what was proposed is not as wide as one (§3.6).
import { type IncidentDeed, said } from "./deed";

export const declineMajor: IncidentDeed = {
  on: "incident",
  verb: "decline_major",
  label: "Decline major incident",
  keywords: ["no", "reject"],
  icon: "ban",
  keys: null,
  fields: () => [{ kind: "text", name: "reason", label: "Why is it none?" }],
  build: (view, values) => ({
    command: {
      verb: "decline_major",
      incident: view.card.id,
      reason: said(values, "reason"),
    },
  }),
};
