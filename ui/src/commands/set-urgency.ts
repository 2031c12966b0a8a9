// Set urgency: how soon it needs resolving (§6). Priority follows from it and severity.
import { chosen, gap, type IncidentDeed, options } from "./deed";

export const setUrgency: IncidentDeed = {
  on: "incident",
  verb: "set_urgency",
  label: "Set urgency",
  keywords: ["priority", "soon"],
  icon: "hourglass",
  keys: "p",
  fields: (_, ground) => [
    { kind: "choice", name: "urgency", label: "Urgency", options: options(ground.choices.urgencies) },
  ],
  build: (view, values, ground) => {
    const urgency = chosen(ground.choices.urgencies, values.urgency);
    if (urgency === undefined) return gap("urgency", "Choose an urgency.");
    return { command: { verb: "set_urgency", incident: view.card.id, from: view.urgency, urgency } };
  },
};
