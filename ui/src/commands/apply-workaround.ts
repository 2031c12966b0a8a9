// Apply workaround: impact reduced, cause not repaired; stops no clock (§3.1).
import { type IncidentDeed, said } from "./deed";

export const applyWorkaround: IncidentDeed = {
  on: "incident",
  verb: "apply_workaround",
  label: "Apply workaround",
  keywords: ["bypass", "temporary"],
  icon: "bandage",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "What was put in place?" }],
  build: (view, values) => ({
    command: { verb: "apply_workaround", incident: view.card.id, text: said(values, "text") },
  }),
};
