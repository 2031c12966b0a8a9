// Record resolution step: every step is documented (§3.1).
import { type IncidentDeed, said } from "./deed";

export const recordResolutionStep: IncidentDeed = {
  on: "incident",
  verb: "record_resolution_step",
  label: "Record resolution step",
  keywords: ["fix", "action", "document"],
  icon: "step",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "What was done, and what came of it?" }],
  build: (view, values) => ({
    command: { verb: "record_resolution_step", incident: view.card.id, text: said(values, "text") },
  }),
};
