// A date and time as a form asks for it. The screen knows no zone: what is typed is a time on the house's wall,
// and the desk says which instant that is before the command is written.
import type { Timestamp } from "../bindings";
import { type Field, said, type Values } from "./deed";

type Asked = Omit<Extract<Field, { kind: "moment" }>, "kind" | "name" | "label">;

/** A moment that has not come yet. */
export function momentAhead(name: string, label: string): Field {
  return moment(name, label, { lies: "ahead" });
}

/** The same, where it may be left open; the hint says what is so then. */
export function momentAheadIfAny(name: string, label: string, hint: string): Field {
  return moment(name, label, { lies: "ahead", hint, optional: true });
}

/** Any moment, where it may be left open. */
export function momentIfAny(name: string, label: string, hint: string): Field {
  return moment(name, label, { lies: "anywhere", hint, optional: true });
}

/** A moment that is over. */
export function momentBehind(name: string, label: string): Field {
  return moment(name, label, { lies: "behind" });
}

function moment(name: string, label: string, asked: Asked): Field {
  return { kind: "moment", name, label, ...asked };
}

/** The instant that was given. */
export function instantOf(values: Values, name: string): Timestamp {
  return Number(said(values, name));
}

/** The same, where it may be left open. */
export function instantIfAny(values: Values, name: string): Timestamp | null {
  return said(values, name) === "" ? null : instantOf(values, name);
}
