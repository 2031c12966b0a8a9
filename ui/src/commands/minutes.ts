// A time that is near, as a form asks for it: so many minutes from when the form was opened. The usual numbers
// are offered beside the field, and any other may be typed; what a clause wants of the time is the policy's.
//
// An answer keeps the moment that it was counted from: found again in a form that is opened later, it means what it
// meant. What nobody has answered counts from the later opening.
import type { Timestamp } from "../bindings";
import { type Field, type Gap, type Ground, said, type Values } from "./deed";

const MINUTE = 60_000;
/** Stands between the number of an answer and the moment that it counts from. */
const FROM = "@";
/** Until somebody looks again, or hears the next word. */
const UNTIL_NEXT = [15, 30, 60] as const;
/** Since somebody called: most do it at once. */
const SINCE_CALLED = [0, 5, 15, 30] as const;

/** How long until it comes next. */
export function minutesAhead(ground: Ground, name: string, label: string): Field {
  return { kind: "minutes", name, label, lies: "after", from: ground.opened, usual: UNTIL_NEXT };
}

/** The same, where it may be left open; the hint says what is so then. */
export function minutesAheadIfAny(ground: Ground, name: string, label: string, hint: string): Field {
  return { ...minutesAhead(ground, name, label), hint, optional: true };
}

/** A number as it was typed, and the moment that it counts from. */
export interface Counted {
  readonly number: string;
  readonly from: Timestamp;
}

/** Reads an answer; a number that stands alone counts from when the form was opened. */
export function counted(answer: string, opened: Timestamp): Counted {
  const at = answer.lastIndexOf(FROM);
  if (at === -1) return { number: answer, from: opened };
  return { number: answer.slice(0, at), from: Number(answer.slice(at + 1)) };
}

/** The answer of a number; where none is given, nothing is answered. */
export function answerFrom({ number, from }: Counted): string {
  return number.trim() === "" ? "" : `${number}${FROM}${from}`;
}

/** How long ago it was; when the form was opened, until somebody says otherwise. */
export function minutesAgo(ground: Ground, name: string, label: string): Field {
  const from = ground.opened;
  return { kind: "minutes", name, label, lies: "before", from, usual: SINCE_CALLED, initial: "0" };
}

/** The instant that is so many minutes ahead, or what is wrong with the number. */
export function ahead(ground: Ground, values: Values, name: string): { readonly at: Timestamp } | Gap {
  const { number, from } = counted(said(values, name), ground.opened);
  const minutes = Number(number);
  return minutes > 0 && Number.isFinite(minutes)
    ? { at: from + Math.round(minutes * MINUTE) }
    : { gap: name, words: "Give the minutes as a number, such as 30." };
}

/** The same, where it may be left open. */
export function aheadIfAny(
  ground: Ground,
  values: Values,
  name: string,
): { readonly at: Timestamp | null } | Gap {
  return said(values, name) === "" ? { at: null } : ahead(ground, values, name);
}

/** The instant that was so many minutes ago, or what is wrong with the number. */
export function ago(ground: Ground, values: Values, name: string): { readonly at: Timestamp } | Gap {
  const { number, from } = counted(said(values, name), ground.opened);
  const minutes = Number(number);
  return minutes >= 0 && Number.isFinite(minutes)
    ? { at: from - Math.round(minutes * MINUTE) }
    : { gap: name, words: "Give the minutes as a number, such as 5; 0 is the time beside it." };
}
