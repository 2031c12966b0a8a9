// A form over one or several deeds: what was typed is kept as a draft, refused work keeps its words, and the
// deeds are done in their order.
import { useCallback, useMemo, useState } from "react";
import type { DoorError, Verb } from "../bindings";
import { answerOf, type Deed, type Ground, type Values } from "../commands/deed";
import { call, reasonOf } from "../door";
import { realInstant } from "../parts/clock";
import { useDraft } from "../records/drafts";
import { type About, commandOf, draftKey, fieldsOf, gapError, type Subject } from "./about";
import { settled } from "./moments";
import { execute, freshId } from "./run";
import { useGround } from "./use-ground";

/** What went wrong, and at which question. */
export interface Trouble {
  readonly verb: Verb;
  readonly field: string | null;
  readonly error: DoorError;
}

/** A form being filled. */
export interface Form {
  readonly ready: boolean;
  readonly left: readonly Deed[];
  readonly ground: Ground | undefined;
  readonly trouble: Trouble | undefined;
  readonly busy: boolean;
  readonly valuesOf: (verb: Verb) => Values;
  readonly write: (verb: Verb, field: string, value: string) => void;
  /** Does all that is left; true when nothing is. */
  readonly commit: (subject: Subject, of: string) => Promise<boolean>;
  /** Does what was filled in of these deeds and keeps the other words; how many were done, or nothing on trouble. */
  readonly save: (subject: Subject, of: string, most: number) => Promise<number | undefined>;
  readonly drop: () => void;
}

const NOTHING: Values = {};

interface Kept {
  readonly opened: number;
  readonly values: Readonly<Record<string, Values>>;
}

function parse(text: string, opened: number): Kept {
  try {
    const kept: unknown = text === "" ? null : JSON.parse(text);
    if (typeof kept === "object" && kept !== null && "opened" in kept && "values" in kept) {
      const { opened: at, values } = kept;
      if (typeof at === "number" && isValues(values)) return { opened: at, values };
    }
  } catch {
    // A draft that cannot be read is an empty form.
  }
  return { opened, values: {} };
}

/** What is given stands where nobody has answered. */
function begun(kept: Kept, deeds: readonly Deed[], given: Values): Kept {
  if (given === NOTHING) return kept;
  const values = deeds.map(({ verb }) => [verb, { ...given, ...kept.values[verb] }] as const);
  return { opened: kept.opened, values: { ...kept.values, ...Object.fromEntries(values) } };
}

function isValues(value: unknown): value is Record<string, Values> {
  const texts = (one: unknown) =>
    typeof one === "object" && one !== null && Object.values(one).every((text) => typeof text === "string");
  return typeof value === "object" && value !== null && Object.values(value).every(texts);
}

/** The form of these deeds about that subject; what is `given` stands there until somebody says otherwise. */
export function useForm(about: About, deeds: readonly Deed[], given: Values = NOTHING): Form {
  const draft = useDraft(draftKey(about, deeds, given));
  const [began] = useState(realInstant);
  const [done, setDone] = useState<readonly Verb[]>([]);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const kept = useMemo(
    () => begun(parse(draft.text, began), deeds, given),
    [draft.text, began, deeds, given],
  );
  const left = deeds.filter((deed) => !done.includes(deed.verb));
  const ground = useGround(deeds, kept.opened, kept.values);

  const write = useCallback(
    (verb: Verb, field: string, value: string) => {
      const values = { ...kept.values, [verb]: { ...kept.values[verb], [field]: value } };
      draft.write(JSON.stringify({ opened: kept.opened, values }));
      setTrouble((now) => (now?.verb === verb && now.field === field ? undefined : now));
    },
    [kept, draft],
  );

  const commit = async (subject: Subject, of: string): Promise<boolean> => {
    if (ground === undefined || busy) return false;
    setBusy(true);
    setTrouble(undefined);
    const failed = await commitAll(left, subject, ground, kept, of, (verb) =>
      setDone((now) => [...now, verb]),
    );
    setBusy(false);
    setTrouble(failed);
    if (failed === undefined) {
      draft.drop();
      setDone([]);
    }
    return failed === undefined;
  };

  const save = async (subject: Subject, of: string, most: number): Promise<number | undefined> => {
    if (ground === undefined || busy) return undefined;
    const ready = left.filter((deed) => isFilled(deed, subject, ground, kept)).slice(0, most);
    setBusy(true);
    setTrouble(undefined);
    const saved: Verb[] = [];
    const failed = await commitAll(ready, subject, ground, kept, of, (verb) => saved.push(verb));
    setBusy(false);
    setTrouble(failed);
    setDone((now) => [...now, ...saved]);
    if (failed !== undefined) return undefined;
    const rest = left.filter((deed) => !saved.includes(deed.verb));
    await moveDraft(about, rest, kept);
    draft.drop();
    return saved.length;
  };

  const valuesOf = (verb: Verb) => kept.values[verb] ?? {};
  return { ready: draft.ready, left, ground, trouble, busy, valuesOf, write, commit, save, drop: draft.drop };
}

/** Whether somebody has written or chosen something here, and nothing is missing any more. */
function isFilled(deed: Deed, subject: Subject, ground: Ground, kept: Kept): boolean {
  const values = kept.values[deed.verb];
  if (values === undefined || Object.values(values).every((value) => value === "")) return false;
  const fields = fieldsOf(deed, subject, ground, values);
  const answered = fields.every(
    (field) => field.optional === true || field.kind === "shown" || answerOf(field, values).trim() !== "",
  );
  return answered && !("gap" in commandOf(deed, subject, ground, values, ""));
}

/** Words that wait for another time are found where the rest of the deeds is asked for. */
async function moveDraft(about: About, rest: readonly Deed[], kept: Kept): Promise<void> {
  const words = rest.flatMap(({ verb }) => {
    const values = kept.values[verb];
    return values === undefined ? [] : [[verb, values] as const];
  });
  if (words.length === 0) return;
  const body = JSON.stringify({ opened: kept.opened, values: Object.fromEntries(words) });
  await call("save_draft", { key: draftKey(about, rest), body });
}

async function commitAll(
  deeds: readonly Deed[],
  subject: Subject,
  ground: Ground,
  kept: Kept,
  of: string,
  did: (verb: Verb) => void,
): Promise<Trouble | undefined> {
  for (const deed of deeds) {
    const { verb } = deed;
    try {
      const needsNone = deed.on === "incident" && deed.begins !== true;
      const fresh = needsNone ? "" : await freshId();
      const given = kept.values[verb] ?? {};
      const answers = await settled(fieldsOf(deed, subject, ground, given), given);
      if ("gap" in answers) return { verb, field: answers.gap, error: gapError(answers.words) };
      const built = commandOf(deed, subject, ground, answers.values, fresh);
      if ("gap" in built) return { verb, field: built.gap, error: gapError(built.words) };
      await execute(built.command, of === "" ? deed.label : `${deed.label}: ${of}`);
      did(verb);
    } catch (caught) {
      const error = reasonOf(caught);
      return { verb, field: error.refusal?.field ?? null, error };
    }
  }
  return undefined;
}
