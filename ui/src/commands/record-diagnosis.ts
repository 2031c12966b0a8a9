// Record diagnosis: the cause, as far as it is known (§3.1).
import { type IncidentDeed, said } from "./deed";

export const recordDiagnosis: IncidentDeed = {
  on: "incident",
  verb: "record_diagnosis",
  label: "Record diagnosis",
  keywords: ["root cause", "finding"],
  icon: "magnifier",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "What is the cause, as far as known?" }],
  build: (view, values) => ({
    command: { verb: "record_diagnosis", incident: view.card.id, text: said(values, "text") },
  }),
};
