// What may be asked of a person before something is done, and who asks it.
import { createContext, useContext } from "react";
import type { Refusal } from "../bindings";
import type { Deed, Values } from "../commands/deed";
import type { About } from "./about";

/** What is asked: these deeds, in this order, about that. */
export interface Request {
  readonly about: About;
  readonly deeds: readonly Deed[];
  /** Names what will be so afterwards, such as "Move to Restored". */
  readonly title: string;
  /** The label of the card or signal. */
  readonly of: string;
  /** What stands in the form before anybody has typed. */
  readonly given?: Values;
  /** Why it cannot be done as things stand; then there is nothing to fill in. */
  readonly refusal?: Refusal;
  /** It was begun before its record was read, which will say whether it may be done. */
  readonly judged?: "when_read";
}

/** Opens the guard panel. */
export type Ask = (request: Request) => void;

export const Asking = createContext<Ask>(() => undefined);

export const useAsk = (): Ask => useContext(Asking);

/** Enter does it, Escape leaves it, unless an open list wants the key. */
export function pressed(event: React.KeyboardEvent, commit: () => void, leave: () => void): void {
  const at = event.target;
  const listOpen = at instanceof HTMLElement && at.getAttribute("aria-expanded") === "true";
  const onButton = at instanceof HTMLButtonElement;
  if (listOpen || event.nativeEvent.isComposing) return;
  if (event.key === "Escape") {
    event.stopPropagation();
    leave();
  } else if (event.key === "Enter" && !event.shiftKey && !onButton) {
    event.preventDefault();
    event.stopPropagation();
    commit();
  }
}
