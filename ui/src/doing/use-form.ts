// A form over one or several deeds: what was typed is kept as a draft, and refused work keeps its words.
import { useCallback, useMemo, useState } from "react";
import type { PersonId, Verb } from "../bindings";
import type { Deed, Ground, Values } from "../commands/deed";
import { call } from "../door";
import { realInstant } from "../parts/clock";
import { useDraft } from "../records/drafts";
import { type About, draftKey, type Subject } from "./about";
import { commitAll, isFilled, type Kept, type Trouble } from "./commit";
import { useGround } from "./use-ground";

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

function parse(text: string): Kept {
  try {
    const kept: unknown = text === "" ? null : JSON.parse(text);
    if (typeof kept === "object" && kept !== null && "values" in kept && isValues(kept.values))
      return { values: kept.values };
  } catch {
    // A draft that cannot be read is an empty form.
  }
  return { values: {} };
}

/** What is given stands where nobody has answered. */
function begun(kept: Kept, deeds: readonly Deed[], given: Values): Kept {
  if (given === NOTHING) return kept;
  const values = deeds.map(({ verb }) => [verb, { ...given, ...kept.values[verb] }] as const);
  return { values: { ...kept.values, ...Object.fromEntries(values) } };
}

function isValues(value: unknown): value is Record<string, Values> {
  const texts = (one: unknown) =>
    typeof one === "object" && one !== null && Object.values(one).every((text) => typeof text === "string");
  return typeof value === "object" && value !== null && Object.values(value).every(texts);
}

/** The form of these deeds about that subject; what is `given` stands there until somebody says otherwise. */
export function useForm(
  about: About,
  subject: Subject,
  deeds: readonly Deed[],
  given: Values = NOTHING,
): Form {
  const draft = useDraft(draftKey(about, deeds, given));
  const [opened] = useState(realInstant);
  const [done, setDone] = useState<readonly Verb[]>([]);
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const kept = useMemo(() => begun(parse(draft.text), deeds, given), [draft.text, deeds, given]);
  const left = deeds.filter((deed) => !done.includes(deed.verb));
  const ground = useGround(deeds, subject, opened, kept.values);

  const write = useCallback(
    (verb: Verb, field: string, value: string) => {
      const values = { ...kept.values, [verb]: { ...kept.values[verb], [field]: value } };
      draft.write(JSON.stringify({ values }));
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
    await moveDraft(about, rest, kept, ground.me);
    draft.drop();
    return saved.length;
  };

  const valuesOf = (verb: Verb) => kept.values[verb] ?? {};
  return { ready: draft.ready, left, ground, trouble, busy, valuesOf, write, commit, save, drop: draft.drop };
}

/** Words that wait for another time are found where the rest of the deeds is asked for. */
async function moveDraft(about: About, rest: readonly Deed[], kept: Kept, typist: PersonId): Promise<void> {
  const words = rest.flatMap(({ verb }) => {
    const values = kept.values[verb];
    return values === undefined ? [] : [[verb, values] as const];
  });
  if (words.length === 0) return;
  const body = JSON.stringify({ values: Object.fromEntries(words) });
  await call("save_draft", { key: draftKey(about, rest), body, typist });
}
