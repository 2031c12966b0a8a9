// Ask for satisfaction: once per closure (§4.1).
import { gap, type IncidentDeed, said } from "./deed";
import { CHANNELS, listed, word } from "./message";

export const askSurvey: IncidentDeed = {
  on: "incident",
  verb: "ask_survey",
  label: "Ask for satisfaction",
  keywords: ["survey", "feedback", "closed"],
  icon: "hand",
  keys: null,
  fields: (view) => [
    { kind: "choice", name: "channel", label: "How?", options: listed(CHANNELS) },
    { kind: "line", name: "contact", label: "Whom?", initial: view.reporter },
  ],
  build: (view, values) => {
    const channel = word(CHANNELS, values.channel);
    if (channel === undefined) return gap("channel", "Choose how the client is asked.");
    const { survey } = view;
    if (survey === null) return gap("channel", "Close the incident first.");
    const contact = said(values, "contact");
    return { command: { verb: "ask_survey", incident: view.card.id, survey, channel, contact } };
  },
};
