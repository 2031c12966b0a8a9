// Request correction: a breach on record was none, because the record was wrong (§4.2; ruling 5).
import type { BreachChoice, IncidentView } from "../bindings";
import { gap, type IncidentDeed, type Option, said } from "./deed";
import { linesOf } from "./lines";
import { several } from "./recorded";

export const requestCorrection: IncidentDeed = {
  on: "incident",
  verb: "request_correction",
  label: "Request correction",
  keywords: ["wrong", "breach", "mistake", "record"],
  icon: "hand",
  keys: null,
  begins: true,
  fields: (view) => [
    { kind: "choice", name: "due_at", label: "Which breach?", options: breaches(view), ...sole(view) },
    { kind: "text", name: "wrong", label: "What in the record is wrong?" },
    { kind: "text", name: "truly", label: "How was it truly?" },
    { kind: "several", name: "entries", label: "Which lines of the log show it?", options: linesOf(view) },
  ],
  build: (view, values, _, fresh) => {
    const breach = view.breaches.find((one) => keyOf(one) === values.due_at);
    if (breach === undefined) return gap("due_at", "Choose the breach that was recorded wrongly.");
    return {
      command: {
        verb: "request_correction",
        exception: fresh,
        incident: view.card.id,
        clock: breach.clock,
        wrong: said(values, "wrong"),
        truly: said(values, "truly"),
        entries: several(linesOf(view), values.entries),
        due_at: breach.due,
      },
    };
  },
};

function breaches(view: IncidentView): readonly Option[] {
  return view.breaches.map((breach) => ({ value: keyOf(breach), name: breach.name, hint: breach.hint }));
}

/** Where one breach is on record, it is the one that is meant. */
function sole({ breaches: [first, second] }: IncidentView): { initial?: string } {
  return first !== undefined && second === undefined ? { initial: keyOf(first) } : {};
}

/** A deadline of a clock is corrected as one. */
function keyOf({ clock, due }: BreachChoice): string {
  return `${clock}@${due}`;
}
