// Give reason for breach: it stands beside the breach, which stays one (§3.3).
import type { IncidentView } from "../bindings";
import { chosen, type Field, type Ground, gap, type IncidentDeed, options, said } from "./deed";

export const explainBreach: IncidentDeed = {
  on: "incident",
  verb: "explain_breach",
  label: "Give reason for breach",
  keywords: ["late", "why", "target"],
  icon: "gauge",
  keys: null,
  fields: (view, ground) => [
    { kind: "choice", name: "clock", label: "Which target?", options: broken(view, ground) },
    reason(ground),
    { kind: "text", name: "text", label: "In words" },
  ],
  build: (view, values, ground) => {
    const clock = chosen(ground.choices.clocks, values.clock);
    if (clock === undefined) return gap("clock", "Choose the target.");
    const [reason, text] = [said(values, "reason"), said(values, "text")];
    return { command: { verb: "explain_breach", incident: view.card.id, clock, reason, text } };
  },
};

/** The targets that were not met, each with its breaches on record; a reason is that of the earliest without one. */
function broken(view: IncidentView, { choices }: Ground) {
  return options(choices.clocks).flatMap((clock) => {
    const own = view.breaches.filter((breach) => breach.clock === clock.value);
    return own.length === 0 ? [] : [{ ...clock, hint: own.map((breach) => breach.name).join("; ") }];
  });
}

/** One of the house's list, where it keeps one. */
function reason({ choices }: Ground): Field {
  const asked = { name: "reason", label: "Reason" } as const;
  const listed = options(choices.breach_reasons);
  return listed.length === 0 ? { ...asked, kind: "line" } : { ...asked, kind: "choice", options: listed };
}
