// A whole number as a form asks for it. Which numbers make sense is the policy's to say.
import { type Field, type Gap, said, type Values } from "./deed";

/** So much a command holds of a number that may be large, such as a seed. */
export const LARGE_MAX = 4_294_967_295;
/** So much it holds of one that is small by nature, such as a score. */
export const SMALL_MAX = 255;

/** A number that has to be given. */
export function numberField(name: string, label: string, hint: string): Field {
  return { kind: "number", name, label, hint };
}

/** The number, or what is wrong with it: nothing stands for one that was not given. */
export function wholeNumber(values: Values, name: string, most: number): { readonly number: number } | Gap {
  const typed = said(values, name);
  const number = Number(typed);
  return /^\d+$/.test(typed) && number <= most
    ? { number }
    : { gap: name, words: `Give a whole number of at most ${most}.` };
}
