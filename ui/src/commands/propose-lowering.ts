// Propose a lower severity where one person is not enough: a second one agrees or declines (§3.3).
import { gap, type IncidentDeed, said } from "./deed";

export const proposeLowering: IncidentDeed = {
  on: "incident",
  verb: "propose_lowering",
  label: "Propose lower severity",
  keywords: ["impact", "lower", "downgrade", "sev"],
  icon: "gauge",
  keys: null,
  fields: (_, ground) => [
    {
      kind: "choice",
      name: "severity",
      label: "Lower severity",
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
    return { command: { verb: "propose_lowering", incident: id, from, severity: one.severity, reason } };
  },
};
