// What is being typed: kept through the door as it is typed, so that nothing typed is lost. It is kept when the typist
// pauses, when a field is left, and where neither happens, every second. A draft belongs to whoever typed it: its words
// leave with their name, and the desk keeps them for nobody else.
import { useCallback, useEffect, useRef, useState } from "react";
import type { PersonId } from "../bindings";
import { call } from "../door";
import { records } from "./records";

/** A pause of the typist. */
const PAUSE_MS = 300;
/** Words are on disk so long after they were typed, whether or not there was a pause. */
const UNSAVED_MS_MAX = 1000;

/** A kept text: its words, how to change them, and how to let them go once they are used. */
export interface Draft {
  readonly text: string;
  /** Whether what was kept has been read. */
  readonly ready: boolean;
  /** Whether the words on screen are on disk. */
  readonly kept: boolean;
  readonly write: (text: string) => void;
  readonly drop: () => void;
}

/** Words under their key, and whose they are. */
interface Typed {
  readonly key: string;
  readonly body: string;
  readonly typist: PersonId;
}

type Timer = ReturnType<typeof setTimeout> | undefined;

/** Words of whoever is here now; of nobody there are none. */
function typed(key: string, body: string): Typed | undefined {
  const typist = records.session?.person?.id;
  return typist === undefined ? undefined : { key, body, typist };
}

/** What is asked about drafts just now, until it is answered. */
let underWay: Promise<void> | undefined;

/** Asks when that is answered: of two at once the earlier words might arrive last, and stay. */
function inOrder<T>(ask: () => Promise<T>): Promise<T> {
  const answer = underWay === undefined ? ask() : underWay.then(ask);
  const over = () => {
    if (underWay === settled) underWay = undefined;
  };
  const settled: Promise<void> = answer.then(over, over);
  underWay = settled;
  return answer;
}

/** How each draft on screen is kept at once. */
const keeping = new Set<() => Promise<void>>();

/** Keeps what was typed up to now: before a change of person, while the desk still takes it. */
export async function keepDrafts(): Promise<void> {
  await Promise.all([...keeping].map((keep) => keep()));
}

/** The draft of a key. */
export function useDraft(key: string): Draft {
  const [state, setState] = useState({ key, text: "", ready: false });
  const [onDisk, setOnDisk] = useState<string>();
  const unsaved = useRef<Typed | undefined>(undefined);
  const pause = useRef<Timer>(undefined);
  const latest = useRef<Timer>(undefined);

  const save = useCallback(async () => {
    clearTimeout(pause.current);
    clearTimeout(latest.current);
    latest.current = undefined;
    const saving = unsaved.current;
    unsaved.current = undefined;
    if (saving === undefined) {
      await underWay;
      return;
    }
    // A draft that could not be kept is still on screen; the next keystroke tries again.
    await inOrder(() => call("save_draft", saving)).then(
      () => setOnDisk(saving.body),
      () => undefined,
    );
  }, []);

  useEffect(() => {
    let asked = true;
    const show = (kept: string | null) => {
      if (asked) setOnDisk(kept ?? "");
      if (asked)
        setState((now) => (now.key === key && now.ready ? now : { key, text: kept ?? "", ready: true }));
    };
    setState((now) => (now.key === key ? now : { key, text: "", ready: false }));
    inOrder(() => call("draft", { key })).then(show, () => show(null));
    keeping.add(save);
    globalThis.addEventListener?.("pagehide", save);
    globalThis.addEventListener?.("focusout", save);
    return () => {
      asked = false;
      keeping.delete(save);
      globalThis.removeEventListener?.("pagehide", save);
      globalThis.removeEventListener?.("focusout", save);
      void save();
    };
  }, [key, save]);

  const write = useCallback(
    (text: string) => {
      setState({ key, text, ready: true });
      unsaved.current = typed(key, text);
      clearTimeout(pause.current);
      pause.current = setTimeout(save, PAUSE_MS);
      latest.current ??= setTimeout(save, UNSAVED_MS_MAX);
    },
    [key, save],
  );

  const drop = useCallback(() => {
    setState({ key, text: "", ready: true });
    unsaved.current = typed(key, "");
    void save();
  }, [key, save]);

  const mine = state.key === key;
  const kept = mine && state.text === onDisk;
  return { text: mine ? state.text : "", ready: mine && state.ready, kept, write, drop };
}
