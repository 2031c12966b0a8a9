// Confirm restoration with the client (§3.4). Silence is an attempt, never a confirmation.
import { chosen, gap, type IncidentDeed, options, said } from "./deed";

export const confirmRestoration: IncidentDeed = {
  on: "incident",
  verb: "confirm_restoration",
  label: "Confirm with client",
  keywords: ["client", "validate", "call"],
  icon: "phone",
  keys: null,
  fields: (view, ground) => [
    {
      kind: "choice",
      name: "channel",
      label: "How was the client asked?",
      options: options(ground.choices.channels),
    },
    { kind: "line", name: "contact", label: "Whom?", initial: view.reporter },
    { kind: "choice", name: "answer", label: "What came back?", options: options(ground.choices.answers) },
    { kind: "text", name: "text", label: "What was said, or how the attempt ended" },
  ],
  build: (view, values, ground) => {
    const channel = chosen(ground.choices.channels, values.channel);
    if (channel === undefined) return gap("channel", "Choose how the client was asked.");
    const answer = chosen(ground.choices.answers, values.answer);
    if (answer === undefined) return gap("answer", "Choose what came back.");
    const [contact, text] = [said(values, "contact"), said(values, "text")];
    return {
      command: { verb: "confirm_restoration", incident: view.card.id, channel, contact, answer, text },
    };
  },
};
