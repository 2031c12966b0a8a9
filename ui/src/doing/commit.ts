// Several deeds from one form, done in their order. All of them are written before the first is done: half an input
// changes nothing. What the desk refuses after that leaves on record what was done before it.
import type { Command, DoorError, Verb } from "../bindings";
import { answerOf, type Deed, type Field, type Gap, type Ground, gap, type Values } from "../commands/deed";
import { reasonOf } from "../door";
import { commandOf, fieldsOf, gapError, type Subject } from "./about";
import { settled } from "./moments";
import { execute, freshId } from "./run";

/** What was typed, by verb. */
export interface Kept {
  readonly values: Readonly<Record<string, Values>>;
}

/** What went wrong, and at which question. */
export interface Trouble {
  readonly verb: Verb;
  readonly field: string | null;
  readonly error: DoorError;
}

interface Written {
  readonly deed: Deed;
  readonly command: Command;
}

/** Does all of these deeds, or none where an answer is missing; `did` hears of each. */
export async function commitAll(
  deeds: readonly Deed[],
  subject: Subject,
  ground: Ground,
  kept: Kept,
  of: string,
  did: (verb: Verb) => void,
): Promise<Trouble | undefined> {
  // Of a single deed the policy itself says what its words must hold, with the clause.
  const toWrite = deeds.length > 1 ? writeWhole : write;
  const written: Written[] = [];
  for (const deed of deeds) {
    const one = await toWrite(deed, subject, ground, kept);
    if ("error" in one) return one;
    written.push(one);
  }
  for (const { deed, command } of written) {
    try {
      await execute(command, of === "" ? deed.label : `${deed.label}: ${of}`);
      did(deed.verb);
    } catch (caught) {
      return failed(deed, caught);
    }
  }
  return undefined;
}

/** Whether somebody has written or chosen something here, and nothing is missing any more. */
export function isFilled(deed: Deed, subject: Subject, ground: Ground, kept: Kept): boolean {
  const values = kept.values[deed.verb];
  if (values === undefined || Object.values(values).every((value) => value === "")) return false;
  const open = unanswered(fieldsOf(deed, subject, ground, values), values);
  return open === undefined && !("gap" in commandOf(deed, subject, ground, values, ""));
}

/** The command of one deed, or what it cannot be written without. */
async function write(deed: Deed, subject: Subject, ground: Ground, kept: Kept): Promise<Written | Trouble> {
  try {
    const needsNone = deed.on === "incident" && deed.begins !== true;
    const fresh = needsNone ? "" : await freshId();
    const given = kept.values[deed.verb] ?? {};
    const answers = await settled(fieldsOf(deed, subject, ground, given), given);
    if ("gap" in answers) return wrong(deed, answers);
    const built = commandOf(deed, subject, ground, answers.values, fresh);
    return "gap" in built ? wrong(deed, built) : { deed, command: built.command };
  } catch (caught) {
    return failed(deed, caught);
  }
}

/** The same of one among several: all that it asks is to be answered. */
async function writeWhole(
  deed: Deed,
  subject: Subject,
  ground: Ground,
  kept: Kept,
): Promise<Written | Trouble> {
  const written = await write(deed, subject, ground, kept);
  if ("error" in written) return written;
  const values = kept.values[deed.verb] ?? {};
  const open = unanswered(fieldsOf(deed, subject, ground, values), values);
  return open === undefined ? written : wrong(deed, gap(open.name, UNANSWERED));
}

const UNANSWERED = "Answer this too; nothing was done yet. Save, stay does the steps that are complete.";

/** The first question that has to be answered and was not. */
function unanswered(fields: readonly Field[], values: Values): Field | undefined {
  return fields.find(
    (field) => field.optional !== true && field.kind !== "shown" && answerOf(field, values).trim() === "",
  );
}

function wrong({ verb }: Deed, { gap: field, words }: Gap): Trouble {
  return { verb, field, error: gapError(words) };
}

function failed({ verb }: Deed, caught: unknown): Trouble {
  const error = reasonOf(caught);
  return { verb, field: error.refusal?.field ?? null, error };
}
