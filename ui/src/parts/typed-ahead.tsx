// What is typed for a form before it is here: it belongs to what was opened, and none of it reaches the keys of
// what stands behind. A field keeps it, and the form takes it where it would have gone, had it been here at once.
import type { RefObject } from "react";
import styles from "./fields.module.css";
import { Loading } from "./loading";

/** What was typed ahead, until somebody takes it. */
export type TypedAhead = RefObject<string>;

interface Ahead {
  /** What is being opened. */
  readonly title: string;
  readonly placeholder?: string | undefined;
  readonly typed: TypedAhead;
  readonly onLeave: () => void;
}

/** The field that stands where the form will be. Escape leaves; there is nothing to go to yet, and nothing to do. */
export function TypingAhead({ title, placeholder, typed, onLeave }: Ahead) {
  const keys = (event: React.KeyboardEvent) => {
    if (event.key === "Tab") event.preventDefault();
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onLeave();
  };
  return (
    <>
      <input
        className={styles.input}
        // biome-ignore lint/a11y/noAutofocus: it was called by a key, and the next one is meant for it
        autoFocus
        aria-label={title}
        placeholder={placeholder}
        defaultValue={typed.current}
        onChange={(event) => {
          typed.current = event.target.value;
        }}
        onKeyDown={keys}
      />
      <Loading what={title} />
    </>
  );
}

/** Types it where the focus is, once. A choice or a button would have made nothing of letters, and makes nothing now. */
export function typeOn(typed: TypedAhead): void {
  const text = typed.current;
  typed.current = "";
  const at = document.activeElement;
  if (text === "" || !takesText(at)) return;
  const from = at.selectionStart ?? at.value.length;
  const to = at.selectionEnd ?? from;
  // Set past the watch that React keeps on a field: to React it was typed, and it tells whoever listens.
  const value = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(at), "value");
  value?.set?.call(at, `${at.value.slice(0, from)}${text}${at.value.slice(to)}`);
  at.setSelectionRange(from + text.length, from + text.length);
  at.dispatchEvent(new Event("input", { bubbles: true }));
}

function takesText(at: Element | null): at is HTMLInputElement | HTMLTextAreaElement {
  return at?.matches("textarea, input:not([type=radio], [type=checkbox])") === true;
}
