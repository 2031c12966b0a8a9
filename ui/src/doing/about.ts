// What a deed is about, and the form and command that follow from it.
import type { DoorError, IncidentId, IncidentView, SignalCard, SignalId } from "../bindings";
import type { Built, Deed, Field, Ground, Values } from "../commands/deed";
import { filled } from "../commands/deed";

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
  return deed.on === "desk" ? deed.fields(ground, values) : [];
}

/** The command that the answers make. */
export function commandOf(deed: Deed, subject: Subject, ground: Ground, given: Values, fresh: string): Built {
  const values = { ...given, ...filled(fieldsOf(deed, subject, ground, given), given) };
  if (deed.on === "incident" && subject.on === "incident")
    return deed.build(subject.view, values, ground, fresh);
  if (deed.on === "signal" && subject.on === "signal")
    return deed.build(subject.signal, values, ground, fresh);
  if (deed.on === "desk") return deed.build(values, ground, fresh);
  return { gap: "", words: `${deed.label} is not about this.` };
}

/** A kept draft is found again under this key. */
export function draftKey(about: About, deeds: readonly Deed[]): string {
  const on = about.on === "desk" ? "desk" : `${about.on}:${about.id}`;
  return `${deeds.map((deed) => deed.verb).join("+")}:${on}`;
}

/** What is wrong with an answer, where nobody was asked yet. */
export function gapError(words: string): DoorError {
  return { code: "malformed", message: words, refusal: null };
}
