// Agree to a lower severity that somebody else proposed (§3.3).
import { gap, type IncidentDeed, said } from "./deed";

export const agreeLowering: IncidentDeed = {
  on: "incident",
  verb: "agree_lowering",
  label: "Agree to lower severity",
  keywords: ["second person", "approve", "downgrade", "sev"],
  icon: "check",
  keys: null,
  fields: (view) => [
    { kind: "text", name: "text", label: "Why is it right?", hint: view.record.lowering?.reason ?? "" },
  ],
  build: (view, values) => {
    const asked = view.record.lowering;
    if (asked === null) return gap("text", "No lower severity is proposed any more.");
    const { id } = view.card;
    return {
      command: { verb: "agree_lowering", incident: id, severity: asked.severity, text: said(values, "text") },
    };
  },
};
