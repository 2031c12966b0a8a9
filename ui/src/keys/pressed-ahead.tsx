// Keys pressed for a page before it is here: they are its own, and none of them reaches the keys that work anywhere.
// They are kept, and pressed again when the page has come. Keys with a modifier and Escape work as ever.
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { keys } from "./use-keys";

/** What was pressed ahead, until the page is here. */
export type PressedAhead = RefObject<KeyboardEvent[]>;

/** Stands where the page will be. */
export function KeepKeys({ pressed }: { pressed: PressedAhead }) {
  const leave = useRef<() => void>(undefined);
  // Before the next key; and until the page has registered its own, which it does after it is drawn.
  useLayoutEffect(() => {
    leave.current = keys.keep((event) => pressed.current.push(event));
  }, [pressed]);
  useEffect(() => () => leave.current?.(), []);
  return null;
}

/** Stands after the page: presses them, once, where the focus is by now; whoever types there is no longer meant. */
export function PressKept({ pressed }: { pressed: PressedAhead }) {
  useEffect(() => {
    for (const event of pressed.current.splice(0)) {
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", event));
    }
  }, [pressed]);
  return null;
}
