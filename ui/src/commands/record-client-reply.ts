// Record client's reply: it ends a wait; whether it confirms anything, a person judges (§3.4).
import { gap, type IncidentDeed, said } from "./deed";
import { CHANNELS, listed, REPLIES, word } from "./message";

export const recordClientReply: IncidentDeed = {
  on: "incident",
  verb: "record_client_reply",
  label: "Record client's reply",
  keywords: ["client", "answer", "mail"],
  icon: "note",
  keys: null,
  fields: (view) => [
    { kind: "choice", name: "kind", label: "Who wrote?", options: listed(REPLIES) },
    { kind: "choice", name: "channel", label: "How did it come?", options: listed(CHANNELS) },
    { kind: "line", name: "contact", label: "From whom?", initial: view.reporter },
    { kind: "text", name: "text", label: "What does it say?" },
  ],
  build: (view, values) => {
    const kind = word(REPLIES, values.kind);
    if (kind === undefined) return gap("kind", "Choose who wrote.");
    const channel = word(CHANNELS, values.channel);
    if (channel === undefined) return gap("channel", "Choose how it came.");
    const [contact, text] = [said(values, "contact"), said(values, "text")];
    return { command: { verb: "record_client_reply", incident: view.card.id, kind, channel, contact, text } };
  },
};
