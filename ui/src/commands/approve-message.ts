// Approve message: somebody else has read it before it is said (§3.4).
import { gap, type IncidentDeed } from "./deed";
import { message, whichMessage } from "./message";

export const approveMessage: IncidentDeed = {
  on: "incident",
  verb: "approve_message",
  label: "Approve message",
  keywords: ["read", "release", "message"],
  icon: "check",
  keys: null,
  fields: (view) => [whichMessage(view)],
  build: (view, values) => {
    const chosen = message(view, values.message);
    if (chosen === undefined) return gap("message", "Choose the message.");
    return { command: { verb: "approve_message", incident: view.card.id, message: chosen } };
  },
};
