// Record delivery: what became of a message (§3.4). Told is what was delivered or answered.
import { gap, type IncidentDeed, said } from "./deed";
import { listed, message, OUTCOMES, whichMessage, word } from "./message";

export const recordDelivery: IncidentDeed = {
  on: "incident",
  verb: "record_delivery",
  label: "Record delivery",
  keywords: ["sent", "bounced", "answered", "message"],
  icon: "signal",
  keys: null,
  fields: (view) => [
    whichMessage(view),
    { kind: "choice", name: "outcome", label: "What became of it?", options: listed(OUTCOMES) },
    { kind: "text", name: "text", label: "What was said, or how it failed", optional: true },
  ],
  build: (view, values) => {
    const chosen = message(view, values.message);
    if (chosen === undefined) return gap("message", "Choose the message.");
    const outcome = word(OUTCOMES, values.outcome);
    if (outcome === undefined) return gap("outcome", "Choose what became of it.");
    const text = said(values, "text");
    return {
      command: { verb: "record_delivery", incident: view.card.id, message: chosen, outcome, text },
    };
  },
};
