// A time that is near, as a form asks for it: so many minutes from when the form was opened. The usual numbers
// are offered beside the field, and any other may be typed; what a clause wants of the time is the policy's.
import type { Timestamp } from "../bindings";
import { type Field, type Gap, type Ground, said, type Values } from "./deed";

const MINUTE = 60_000;
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

/** How long ago it was; just now, until somebody says otherwise. */
export function minutesAgo(ground: Ground, name: string, label: string): Field {
  const from = ground.opened;
  return { kind: "minutes", name, label, lies: "before", from, usual: SINCE_CALLED, initial: "0" };
}

/** The instant that is so many minutes ahead, or what is wrong with the number. */
export function ahead(ground: Ground, values: Values, name: string): { readonly at: Timestamp } | Gap {
  const minutes = Number(said(values, name));
  return minutes > 0 && Number.isFinite(minutes)
    ? { at: ground.opened + Math.round(minutes * MINUTE) }
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
  const minutes = Number(said(values, name));
  return minutes >= 0 && Number.isFinite(minutes)
    ? { at: ground.opened - Math.round(minutes * MINUTE) }
    : { gap: name, words: "Give the minutes as a number, such as 5; 0 is just now." };
}
