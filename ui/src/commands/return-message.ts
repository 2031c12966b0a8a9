// Return message: it may not go out as it is (§3.4).
import { gap, type IncidentDeed, said } from "./deed";
import { message, whichMessage } from "./message";

export const returnMessage: IncidentDeed = {
  on: "incident",
  verb: "return_message",
  label: "Return message",
  keywords: ["reject", "message"],
  icon: "undo",
  keys: null,
  fields: (view) => [whichMessage(view), { kind: "text", name: "reason", label: "What is wrong with it?" }],
  build: (view, values) => {
    const chosen = message(view, values.message);
    if (chosen === undefined) return gap("message", "Choose the message.");
    const reason = said(values, "reason");
    return { command: { verb: "return_message", incident: view.card.id, message: chosen, reason } };
  },
};
