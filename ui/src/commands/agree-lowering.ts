// Agree to a lower severity that somebody else proposed (§3.3).
import { gap, type IncidentDeed, said } from "./deed";

export const agreeLowering: IncidentDeed = {
  on: "incident",
  verb: "agree_lowering",
  label: "Agree to lower severity",
  keywords: ["second person", "approve", "downgrade", "sev"],
  icon: "check",
  keys: null,
  fields: (_, ground) => [
    {
      kind: "choice",
      name: "severity",
      label: "Which severity was proposed?",
      options: ground.choices.severities.map(({ severity, name, definition }) => ({
        value: String(severity),
        name: `${severity} ${name}`,
        hint: definition,
      })),
    },
    { kind: "text", name: "text", label: "Why is it right?" },
  ],
  build: (view, values, ground) => {
    const asked = ground.choices.severities.find(({ severity }) => String(severity) === values.severity);
    if (asked === undefined) return gap("severity", "Choose the severity that was proposed.");
    return {
      command: {
        verb: "agree_lowering",
        incident: view.card.id,
        severity: asked.severity,
        text: said(values, "text"),
      },
    };
  },
};
