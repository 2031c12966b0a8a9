// What each column says to a card that might go there: ready, so many needed, or why not.
import type { Column, Move } from "../../bindings";
import { incidentDeed } from "../../commands/all";
import { records } from "../../records/records";
import type { Welcome } from "./column";

/** The welcome of one column. */
export function welcomeOf(move: Move, here: Column | null): Welcome {
  if (move.to === here) return { kind: "here", words: "" };
  if (move.refusal !== null) return { kind: "closed", words: move.refusal.what };
  if (move.verbs.length === 0) return { kind: "ready", words: "ready" };
  return { kind: "needs", words: `${move.verbs.length} needed` };
}

/** What is said aloud while a card is carried by keys. */
export function spoken(name: string, welcome: Welcome): string {
  switch (welcome.kind) {
    case "here":
      return `${name}: it stands here.`;
    case "ready":
      return `${name}: ready.`;
    case "needs":
      return `${name}: ${welcome.words}.`;
    case "closed":
      return `${name}: not possible. ${welcome.words}.`;
  }
}

/** The deeds of a move, in the order they are asked. */
export function deedsOf(move: Move) {
  return move.verbs.flatMap((verb) => incidentDeed(verb) ?? []);
}

/** Which card's menu is open, and how much of it. */
export interface CardMenuOpen {
  readonly on: "incident";
  readonly id: string;
  readonly anchor: HTMLElement;
  readonly part: "all" | "moves";
}

/** Which signal's menu is open. */
export interface SignalMenuOpen {
  readonly on: "signal";
  readonly id: string;
  readonly anchor: HTMLElement;
}

export type OpenMenu = CardMenuOpen | SignalMenuOpen;

/** The menu of what stands under that id; what may become of a signal is all in one part. */
export function menuOf(id: string, anchor: HTMLElement, part: CardMenuOpen["part"]): OpenMenu {
  return records.signals.has(id) ? { on: "signal", id, anchor } : { on: "incident", id, anchor, part };
}
