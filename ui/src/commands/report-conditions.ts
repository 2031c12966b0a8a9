// Report conditions, actions and needs (§3.6).
import { type IncidentDeed, said } from "./deed";

export const reportConditions: IncidentDeed = {
  on: "incident",
  verb: "report_conditions",
  label: "Report conditions",
  keywords: ["can", "status", "needs"],
  icon: "note",
  keys: null,
  fields: () => [
    { kind: "text", name: "conditions", label: "How it stands" },
    { kind: "text", name: "actions", label: "What is being done" },
    { kind: "text", name: "needs", label: "What is missing" },
  ],
  build: (view, values) => ({
    command: {
      verb: "report_conditions",
      incident: view.card.id,
      conditions: said(values, "conditions"),
      actions: said(values, "actions"),
      needs: said(values, "needs"),
    },
  }),
};
