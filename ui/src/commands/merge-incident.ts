// Merge a duplicate of the same client into the incident that is due first (ruling 11).
import { gap, type IncidentDeed, said } from "./deed";
import { others } from "./recorded";

export const mergeIncident: IncidentDeed = {
  on: "incident",
  verb: "merge_incident",
  label: "Merge as duplicate",
  keywords: ["twice", "same"],
  icon: "merge",
  keys: null,
  fields: (view, ground) => [
    {
      kind: "choice",
      name: "into",
      label: "Incident that goes on for both",
      options: others(view.card.id, ground),
    },
    { kind: "text", name: "reason", label: "How was it seen that both are the same?" },
  ],
  build: (view, values) => {
    const into = said(values, "into");
    if (into === "") return gap("into", "Choose an incident.");
    return {
      command: {
        verb: "merge_incident",
        incident: view.card.id,
        into,
        reason: said(values, "reason"),
      },
    };
  },
};
