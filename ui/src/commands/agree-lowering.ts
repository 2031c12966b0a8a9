// Agree to a lower severity that somebody else proposed (§3.3).
import { gap, type IncidentDeed, said } from "./deed";

export const agreeLowering: IncidentDeed = {
  on: "incident",
  verb: "agree_lowering",
  label: "Agree to lower severity",
  keywords: ["second person", "approve", "downgrade", "sev"],
  icon: "check",
  keys: null,
  fields: ({ lowering }) => [
    {
      kind: "shown",
      name: "severity",
      label: "Proposed",
      text: lowering?.name ?? "Nothing is proposed now.",
      hint: lowering?.hint ?? "",
    },
    { kind: "text", name: "text", label: "Why is it right?" },
  ],
  build: (view, values) => {
    if (view.lowering === null) return gap("text", "Nothing is proposed now: there is nothing to agree to.");
    return {
      command: {
        verb: "agree_lowering",
        incident: view.card.id,
        severity: view.lowering.value,
        text: said(values, "text"),
      },
    };
  },
};
