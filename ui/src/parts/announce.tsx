// What is said aloud: one polite live region for the whole screen.
import { useSyncExternalStore } from "react";

let words = "";
const listeners = new Set<() => void>();

/** Says it, once. */
export function announce(text: string): void {
  // The same words twice are two announcements: a no-break space makes them differ.
  words = text === words ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The region itself. */
export function Announcements() {
  const text = useSyncExternalStore(subscribe, () => words);
  return (
    <div className="unseen" role="status" aria-live="polite">
      {text}
    </div>
  );
}
