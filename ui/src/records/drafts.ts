// What is being typed: kept through the door as it is typed, so that nothing typed is lost.
import { useCallback, useEffect, useRef, useState } from "react";
import { call } from "../door";

const SAVE_AFTER_MS = 300;

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

/** The draft of a key. */
export function useDraft(key: string): Draft {
  const [state, setState] = useState({ key, text: "", ready: false });
  const [onDisk, setOnDisk] = useState<string>();
  const unsaved = useRef<{ key: string; body: string } | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const save = useCallback(() => {
    clearTimeout(timer.current);
    const saving = unsaved.current;
    unsaved.current = undefined;
    // A draft that could not be kept is still on screen; the next keystroke tries again.
    if (saving === undefined) return;
    call("save_draft", saving).then(
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
    call("draft", { key }).then(show, () => show(null));
    globalThis.addEventListener?.("pagehide", save);
    return () => {
      asked = false;
      globalThis.removeEventListener?.("pagehide", save);
      save();
    };
  }, [key, save]);

  const write = useCallback(
    (text: string) => {
      setState({ key, text, ready: true });
      unsaved.current = { key, body: text };
      clearTimeout(timer.current);
      timer.current = setTimeout(save, SAVE_AFTER_MS);
    },
    [key, save],
  );

  const drop = useCallback(() => {
    setState({ key, text: "", ready: true });
    unsaved.current = { key, body: "" };
    save();
  }, [key, save]);

  const mine = state.key === key;
  const kept = mine && state.text === onDisk;
  return { text: mine ? state.text : "", ready: mine && state.ready, kept, write, drop };
}
