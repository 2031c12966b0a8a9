// Decline a lower severity: it stays as it is (§3.3).
import { type IncidentDeed, said } from "./deed";

export const declineLowering: IncidentDeed = {
  on: "incident",
  verb: "decline_lowering",
  label: "Decline lower severity",
  keywords: ["second person", "refuse", "downgrade", "sev"],
  icon: "ban",
  keys: null,
  fields: () => [{ kind: "text", name: "reason", label: "Why does it stay?" }],
  build: (view, values) => ({
    command: { verb: "decline_lowering", incident: view.card.id, reason: said(values, "reason") },
  }),
};
