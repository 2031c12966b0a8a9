// Set severity: impact alone, against the definitions of §3.3.
import { gap, type IncidentDeed, said } from "./deed";

export const setSeverity: IncidentDeed = {
  on: "incident",
  verb: "set_severity",
  label: "Set severity",
  keywords: ["impact", "raise", "lower", "sev"],
  icon: "gauge",
  keys: "v",
  fields: (_, ground) => [
    {
      kind: "choice",
      name: "severity",
      label: "Severity",
      options: ground.choices.severities.map((one) => ({
        value: String(one.severity),
        name: `${one.severity} ${one.name}`,
        hint: one.definition,
      })),
    },
    { kind: "text", name: "reason", label: "Why this severity?" },
  ],
  build: (view, values, ground) => {
    const one = ground.choices.severities.find((choice) => String(choice.severity) === values.severity);
    if (one === undefined) return gap("severity", "Choose a severity.");
    const { id, severity: from } = view.card;
    const reason = said(values, "reason");
    return { command: { verb: "set_severity", incident: id, from, severity: one.severity, reason } };
  },
};
