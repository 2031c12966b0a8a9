// What a deed is about, and the form and command that follow from it.
import type { DoorError, IncidentId, IncidentView, Refusal, SignalCard, SignalId } from "../bindings";
import type { Built, Deed, Field, Ground, Values } from "../commands/deed";
import { filled, gap } from "../commands/deed";
import { recordChosen, toldFields, whichRecord } from "../commands/record";

/** The subject of what is being done, by its id. */
export type About =
  | { readonly on: "incident"; readonly id: IncidentId }
  | { readonly on: "signal"; readonly id: SignalId }
  | { readonly on: "desk" };

/** The subject itself. */
export type Subject =
  | { readonly on: "incident"; readonly view: IncidentView }
  | { readonly on: "signal"; readonly signal: SignalCard }
  | { readonly on: "desk" };

/** The questions of a deed; none where it is not about such a subject. */
export function fieldsOf(deed: Deed, subject: Subject, ground: Ground, values: Values): readonly Field[] {
  if (deed.on === "incident" && subject.on === "incident") return deed.fields(subject.view, ground, values);
  if (deed.on === "signal" && subject.on === "signal") return deed.fields(subject.signal, ground, values);
  if (deed.on === "record") {
    const chosen = recordChosen(deed, ground, values);
    const rest =
      chosen === undefined ? [] : [...toldFields(chosen, ground), ...deed.fields(chosen, ground, values)];
    return [whichRecord(deed, ground), ...rest];
  }
  return deed.on === "desk" ? deed.fields(ground, values) : [];
}

/** The incidents that the forms of these deeds show lines or clocks of. */
export function readsOf(
  deeds: readonly Deed[],
  ground: Ground | undefined,
  valuesOf: (verb: Deed["verb"]) => Values,
): readonly IncidentId[] {
  if (ground === undefined) return [];
  const all = deeds.flatMap((deed) => {
    if (deed.on === "desk") return deed.reads?.(valuesOf(deed.verb)) ?? [];
    const record = deed.on === "record" ? recordChosen(deed, ground, valuesOf(deed.verb)) : undefined;
    if (deed.on !== "record" || record === undefined) return [];
    const shown = record.evidence.length > 0 && record.about !== null ? [record.about] : [];
    return [...shown, ...(deed.reads?.(record) ?? [])];
  });
  return [...new Set(all)];
}

/** The command that the answers make. */
export function commandOf(deed: Deed, subject: Subject, ground: Ground, given: Values, fresh: string): Built {
  const fields = fieldsOf(deed, subject, ground, given);
  const values = { ...given, ...filled(fields, given) };
  const built = written(deed, subject, ground, values, fresh);
  return "gap" in built ? built : (unchosen(fields, values) ?? built);
}

function written(deed: Deed, subject: Subject, ground: Ground, values: Values, fresh: string): Built {
  if (deed.on === "incident" && subject.on === "incident")
    return deed.build(subject.view, values, ground, fresh);
  if (deed.on === "signal" && subject.on === "signal")
    return deed.build(subject.signal, values, ground, fresh);
  if (deed.on === "desk") return deed.build(values, ground, fresh);
  if (deed.on === "record") {
    const chosen = recordChosen(deed, ground, values);
    if (chosen === undefined) return gap(deed.record, `Choose the ${deed.record}.`);
    return deed.build(chosen, values, ground, fresh);
  }
  return { gap: "", words: `${deed.label} is not about this.` };
}

/** The first choice that has to be made and was not, or whose entry is gone since. */
function unchosen(fields: readonly Field[], values: Values): Built | undefined {
  const open = fields.find(
    (field) =>
      field.kind === "choice" &&
      field.optional !== true &&
      !field.options.some((option) => option.value === values[field.name]),
  );
  return open && gap(open.name, "Choose one of these.");
}

/** A kept draft is found again under this key; one that began with other answers is another draft. */
export function draftKey(about: About, deeds: readonly Deed[], given: Values = {}): string {
  const on = about.on === "desk" ? "desk" : `${about.on}:${about.id}`;
  return [deeds.map((deed) => deed.verb).join("+"), on, ...Object.values(given)].join(":");
}

/** A refusal as the error that it is. */
export function refusedError(refusal: Refusal): DoorError {
  return { code: "refused", message: refusal.what, refusal };
}

/** What is wrong with an answer, where nobody was asked yet. */
export function gapError(words: string): DoorError {
  return { code: "malformed", message: words, refusal: null };
}
