// Questions that deeds on exceptions, reviews, violations and audits share: everything is chosen from what is
// there, and nobody types an id.
import type { IncidentId, RecordChoice } from "../bindings";
import { type Field, type Ground, type Option, options, type RecordDeed, said, type Values } from "./deed";
import { linesTold } from "./lines";

/** The clauses that can be deviated from or not kept. */
export const CLAUSES: readonly Option[] = [
  ["§3.1", "Lifecycle"],
  ["§3.2", "Roles and responsibilities"],
  ["§3.3", "Severity and agreements"],
  ["§3.4", "Communication"],
  ["§3.5", "Escalation"],
  ["§3.6", "Major incidents"],
  ["§3.7", "Review"],
  ["§4.1", "Measuring compliance"],
  ["§6", "Priority, response and resolution"],
].map(([value = "", title = ""]) => ({ value, name: `${value} ${title}`, hint: "" }));

const KIND_NAMES = {
  exception: "Exception",
  review: "Review",
  violation: "Violation",
  audit: "Audit",
  suspicion: "Suspicion",
} as const satisfies Record<RecordDeed["record"], string>;

/** The records with which a deed may be done now. */
function doable(deed: RecordDeed, ground: Ground): readonly RecordChoice[] {
  const { record, verb } = deed;
  return ground.records.filter((one) => one.subject.on === record && one.may.includes(verb));
}

/** The question which record a deed is about. */
export function whichRecord(deed: RecordDeed, ground: Ground): Field {
  const records = doable(deed, ground).map((one) => ({
    value: one.subject.id,
    name: one.name,
    hint: one.hint,
  }));
  return only({ kind: "choice", name: deed.record, label: KIND_NAMES[deed.record], options: records });
}

/** The record that was chosen, where it is still one with which the deed may be done. */
export function recordChosen(deed: RecordDeed, ground: Ground, values: Values): RecordChoice | undefined {
  const field = whichRecord(deed, ground);
  const id = values[deed.record] ?? field.initial;
  return doable(deed, ground).find((one) => one.subject.id === id);
}

/** What stands before every deed on a record: what is asked in it, in the words of whoever asks. */
export function toldFields(record: RecordChoice, ground: Ground): readonly Field[] {
  const shown = (field: string, text: string, index: number): Field => ({
    kind: "shown",
    name: `told-${index}`,
    label: field,
    text,
  });
  const told = record.told.map(({ field, text }, index) => shown(field, text, index));
  if (record.evidence.length === 0) return told;
  const incidents = record.about === null ? [] : [record.about];
  return [...told, shown("Evidence", linesTold(ground, incidents, record.evidence), told.length)];
}

/** An action of a review, or a finding of an audit. */
export function partField(record: RecordChoice, name: string, label: string): Field {
  return only({ kind: "choice", name, label, options: options(record.parts) });
}

/** A record of the sample of an audit. */
export function drawnField(record: RecordChoice, label: string): Field {
  return only({ kind: "choice", name: "incident", label, options: options(record.incidents) });
}

/** One of the incidents that a record covers, or none. */
export function coveredFieldIfAny(record: RecordChoice, label: string): Field {
  return { kind: "choice", name: "incident", label, options: options(record.incidents), optional: true };
}

/** Every incident that a record covers. */
export function covered(record: RecordChoice): string[] {
  return record.incidents.map((one) => one.value);
}

/** Other records of the same kind. */
export function otherRecords(record: RecordChoice, ground: Ground): readonly Option[] {
  const { on, id } = record.subject;
  return ground.records
    .filter(({ subject }) => subject.on === on && subject.id !== id)
    .map((one) => ({ value: one.subject.id, name: one.name, hint: one.hint }));
}

/** A choice that is made where there is only one, and says so where there is none. */
function only(field: Extract<Field, { kind: "choice" }>): Field {
  const [first, second] = field.options;
  if (first === undefined) return { ...field, hint: "There is none with which you may do this now." };
  return second === undefined ? { ...field, initial: first.value } : field;
}

/** One open incident. */
export function incidentField(ground: Ground, label: string): Field {
  return { kind: "choice", name: "incident", label, options: cards(ground) };
}

/** One open incident, or none. */
export function incidentFieldIfAny(ground: Ground, label: string): Field {
  return { kind: "choice", name: "incident", label, options: cards(ground), optional: true };
}

/** Several open incidents. */
export function incidentsField(ground: Ground, label: string): Field {
  return { kind: "several", name: "incidents", label, options: cards(ground), optional: true };
}

/** One colleague, or nobody. */
export function personFieldIfAny(ground: Ground, name: string, label: string): Field {
  return { kind: "choice", name, label, options: options(ground.choices.people), optional: true };
}

/** The exception that another one goes on from, among those about the same incident, or about none. */
export function renewableField(ground: Ground, incident: IncidentId | null): Field {
  const known = ground.records.filter(
    ({ subject, about }) => subject.on === "exception" && about === incident,
  );
  return {
    kind: "choice",
    name: "renewal_of",
    label: "Which exception does it renew?",
    options: known.map((one) => ({ value: one.subject.id, name: one.name, hint: one.hint })),
    optional: true,
    ...(known.length === 0 ? { hint: "There is none that it could renew." } : {}),
  };
}

/** What was said, or nothing. */
export function saidIfAny(values: Values, name: string): string | null {
  return said(values, name) || null;
}

/** Several choices, parted by spaces. */
export function several(values: Values, name: string): string[] {
  return said(values, name).split(" ").filter(Boolean);
}

function cards(ground: Ground) {
  return ground.cards().map((card) => ({
    value: card.id,
    name: `${card.label} ${card.title}`,
    hint: card.client_name,
  }));
}
