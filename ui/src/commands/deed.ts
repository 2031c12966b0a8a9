// The shape of a verb on screen: one object that feeds button, key, menu, palette and guard panel alike.
//
// A deed says what to ask and how to write the command. Whether it may be done is its offer's to say.
import type {
  Card,
  Choice,
  Choices,
  Command,
  IncidentId,
  IncidentView,
  Naming,
  PersonId,
  RecordChoice,
  SignalCard,
  Timestamp,
  Verb,
} from "../bindings";
import type { IconName } from "../parts/icon";

/** What was typed or chosen, by field; several choices are parted by spaces. */
export type Values = Readonly<Record<string, string>>;

/** One entry of a list. */
export interface Option {
  readonly value: string;
  readonly name: string;
  readonly hint: string;
}

interface Asked {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  /** What stands there until the person says otherwise. */
  readonly initial?: string;
}

interface Listed extends Asked {
  readonly options: readonly Option[];
  /** The place of the deed where somebody is named, where the list is of them (see whom.ts). */
  readonly whom?: Naming;
}

/** One question of a form. */
export type Field =
  | (Asked & { readonly kind: "shown"; readonly text: string })
  | (Asked & { readonly kind: "line" })
  | (Asked & { readonly kind: "text" })
  | (Asked & { readonly kind: "number" })
  | (Listed & { readonly kind: "choice" })
  | (Listed & { readonly kind: "several" })
  /** A number of minutes, counted from there unless its answer says from when; the usual ones are offered (see
   * minutes.ts). */
  | (Asked & {
      readonly kind: "minutes";
      readonly lies: "before" | "after";
      readonly from: Timestamp;
      readonly usual: readonly number[];
    })
  /** A date and a time of day; what `build` finds is the instant, as the desk read it (see moment.ts). */
  | (Asked & { readonly kind: "moment"; readonly lies: "ahead" | "behind" | "anywhere" });

/** What every form may look at. */
export interface Ground {
  readonly choices: Choices;
  readonly me: PersonId;
  /** When the form was opened, by the server's clock: this time, whenever its words were begun. */
  readonly opened: Timestamp;
  /** The zone in which times are typed and shown: the house's. */
  readonly zone: string;
  /** Open incidents, for what belongs to one of them. */
  readonly cards: () => readonly Card[];
  /** Records beside the incidents; read for deeds that choose one of them. */
  readonly records: readonly RecordChoice[];
  /** Everybody whom a deed may name at a place of its form, as the desk says. */
  readonly nameable: (naming: Naming) => readonly Choice<PersonId>[];
  /** The incidents that the deed `reads`, as far as they have been read. */
  readonly incidents: ReadonlyMap<IncidentId, IncidentView>;
}

/** A field that is still open, and what to do about it. */
export interface Gap {
  readonly gap: string;
  readonly words: string;
}

/** A command, or what it cannot be written without. */
export type Built = { readonly command: Command } | Gap;

interface Verbal {
  readonly verb: Verb;
  readonly label: string;
  readonly keywords: readonly string[];
  readonly icon: IconName;
  /** The default key; none for rare verbs. */
  readonly keys: string | null;
}

/** A verb on an incident. Where it names something new, `fresh` is its id. */
export interface IncidentDeed extends Verbal {
  readonly on: "incident";
  /** Whether it begins something with an id of its own, such as a task: `fresh` is that id then. */
  readonly begins?: true;
  fields(view: IncidentView, ground: Ground, values: Values): readonly Field[];
  build(view: IncidentView, values: Values, ground: Ground, fresh: string): Built;
}

/** A verb on a signal. `fresh` names the incident that may come of it. */
export interface SignalDeed extends Verbal {
  readonly on: "signal";
  fields(signal: SignalCard, ground: Ground, values: Values): readonly Field[];
  build(signal: SignalCard, values: Values, ground: Ground, fresh: string): Built;
}

/** A verb that begins something; `fresh` is its id. */
export interface DeskDeed extends Verbal {
  readonly on: "desk";
  /** Whether its form chooses among the records beside the incidents. */
  readonly choosesRecords?: true;
  /** The incidents whose lines or clocks its form shows. */
  reads?(values: Values): readonly IncidentId[];
  fields(ground: Ground, values: Values): readonly Field[];
  build(values: Values, ground: Ground, fresh: string): Built;
}

/** A verb on a record that is chosen in its form, such as a review. `fresh` is the id of what it begins. */
export interface RecordDeed extends Verbal {
  readonly on: "record";
  /** Which kind. */
  readonly record: "exception" | "review" | "violation" | "audit" | "suspicion";
  /** The incidents whose lines its form shows, beside the one that the record is about. */
  reads?(record: RecordChoice): readonly IncidentId[];
  fields(record: RecordChoice, ground: Ground, values: Values): readonly Field[];
  build(record: RecordChoice, values: Values, ground: Ground, fresh: string): Built;
}

export type Deed = IncidentDeed | SignalDeed | DeskDeed | RecordDeed;

/** The value of a field: what was given, or what stood there. */
export function answerOf(field: Field, values: Values): string {
  return values[field.name] ?? field.initial ?? "";
}

/** All values of a form, with what stood there. */
export function filled(fields: readonly Field[], values: Values): Values {
  return Object.fromEntries(fields.map((field) => [field.name, answerOf(field, values)]));
}

/** A list of the door as options of a form. */
export function options<T extends string | number>(choices: readonly Choice<T>[]): readonly Option[] {
  return choices.map((choice) => ({ value: String(choice.value), name: choice.name, hint: choice.hint }));
}

/** The choice that was made, typed as the door gave it. */
export function chosen<T extends string | number>(
  choices: readonly Choice<T>[],
  value: string | undefined,
): T | undefined {
  return choices.find((choice) => String(choice.value) === value)?.value;
}

/** A field that a command cannot be written without. */
export function gap(field: string, words: string): Gap {
  return { gap: field, words };
}

/** What was typed, without the blanks around it. */
export function said(values: Values, field: string): string {
  return (values[field] ?? "").trim();
}
