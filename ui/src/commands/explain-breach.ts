// Give reason for breach: it stands beside the breach, which stays one (§3.3).
import { chosen, gap, type IncidentDeed, options, said } from "./deed";

export const explainBreach: IncidentDeed = {
  on: "incident",
  verb: "explain_breach",
  label: "Give reason for breach",
  keywords: ["late", "why", "target"],
  icon: "gauge",
  keys: null,
  fields: (_, ground) => [
    { kind: "choice", name: "clock", label: "Which target?", options: options(ground.choices.clocks) },
    { kind: "line", name: "reason", label: "Reason", hint: "From the house's list, where it keeps one." },
    { kind: "text", name: "text", label: "In words" },
  ],
  build: (view, values, ground) => {
    const clock = chosen(ground.choices.clocks, values.clock);
    if (clock === undefined) return gap("clock", "Choose the target.");
    const [reason, text] = [said(values, "reason"), said(values, "text")];
    return { command: { verb: "explain_breach", incident: view.card.id, clock, reason, text } };
  },
};
