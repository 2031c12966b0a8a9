// Assess: the initial assessment (§6).
import { type IncidentDeed, said } from "./deed";

export const assess: IncidentDeed = {
  on: "incident",
  verb: "assess",
  label: "Record assessment",
  keywords: ["initial assessment", "respond", "triage"],
  icon: "gauge",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "What is it, and what does it do?" }],
  build: (view, values) => ({
    command: { verb: "assess", incident: view.card.id, text: said(values, "text") },
  }),
};
