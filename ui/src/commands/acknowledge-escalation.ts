// Acknowledge escalation: whoever was called takes notice (§3.5).
import type { IncidentDeed } from "./deed";

export const acknowledgeEscalation: IncidentDeed = {
  on: "incident",
  verb: "acknowledge_escalation",
  label: "Acknowledge escalation",
  keywords: ["ack", "page", "called"],
  icon: "check",
  keys: null,
  fields: () => [],
  build: (view) => ({ command: { verb: "acknowledge_escalation", incident: view.card.id } }),
};
