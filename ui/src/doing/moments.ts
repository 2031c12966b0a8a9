// What was typed as date and time becomes an instant: the desk reads it on the house's wall, before the command
// is written. What is wrong with it is said at its question.
import type { Timestamp } from "../bindings";
import type { Field, Values } from "../commands/deed";
import { answerOf } from "../commands/deed";
import { call, reasonOf } from "../door";
import { dayTime, realInstant } from "../parts/clock";
import { partsOf } from "../parts/wall-time";

type Moment = Extract<Field, { kind: "moment" }>;
type Settled = { readonly values: Values } | { readonly gap: string; readonly words: string };

/** The answers with every moment as its instant, or the first one that is none yet. */
export async function settled(fields: readonly Field[], values: Values): Promise<Settled> {
  const instants: Record<string, string> = {};
  for (const field of fields) {
    if (field.kind !== "moment") continue;
    const found = await instantOf(field, answerOf(field, values));
    if (typeof found === "string") return { gap: field.name, words: found };
    instants[field.name] = found === null ? "" : String(found);
  }
  return { values: { ...values, ...instants } };
}

/** The instant, nothing where it was left open, or what is wrong with it. */
async function instantOf(field: Moment, answer: string): Promise<Timestamp | string | null> {
  const { day, time } = partsOf(answer);
  if (day === "" && time === "") return field.optional === true ? null : "Give the date and the time.";
  if (time === "") return "Give the time of day as well.";
  if (day === "") return "Give the date as well.";
  try {
    const read = await call("moment", { wall: `${day}T${time}` });
    const ahead = read.instant - realInstant();
    if (field.lies === "ahead" && ahead <= 0) return `${dayTime(read)} has passed. Give a later time.`;
    if (field.lies === "behind" && ahead > 0)
      return `${dayTime(read)} is still to come. Give an earlier time.`;
    return read.instant;
  } catch (caught) {
    return reasonOf(caught).message;
  }
}
