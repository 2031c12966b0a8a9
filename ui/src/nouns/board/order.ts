// The order of a column, and it can be explained: majors, then time, then severity, then what is due first.
import type { Card, DutyChip, SignalCard, Timestamp } from "../../bindings";
import { rankOf, stateAt, TIME_STATES, type TimeState } from "../../parts/countdown";

/** How many cards of a column stand in each time state. */
export type Counts = Readonly<Record<TimeState, number>>;

/** The state of a card's next duty; nothing owed is on track. */
export function stateOf(item: { duty: DutyChip | null }, now: Timestamp): TimeState {
  return item.duty === null ? "on_track" : stateAt(item.duty, now);
}

/** What a card is sorted by at one moment: worked out once a card, not once a comparison. */
export interface Standing {
  readonly card: Card;
  readonly rank: number;
  readonly due: number;
}

/** Where a card stands in the order at this moment. */
export function standing(card: Card, now: Timestamp): Standing {
  return { card, rank: rankOf(stateOf(card, now)), due: card.duty?.due ?? Number.MAX_SAFE_INTEGER };
}

/** Sorts two cards; negative where the first stands higher. */
export function compare(a: Standing, b: Standing): number {
  if (a.card.major !== b.card.major) return a.card.major ? -1 : 1;
  return (
    a.rank - b.rank || a.card.severity - b.card.severity || a.due - b.due || (a.card.id < b.card.id ? -1 : 1)
  );
}

/** The cards of a column in order. */
export function inOrder(cards: readonly Card[], now: Timestamp): Card[] {
  const sorted = cards.map((card) => standing(card, now)).sort(compare);
  return sorted.map(({ card }) => card);
}

/** Closed incidents: the latest first. */
export function compareClosed(a: Card, b: Card): number {
  return b.column_since - a.column_since || (a.id < b.id ? -1 : 1);
}

/** Signals: the oldest first. */
export function compareSignals(a: SignalCard, b: SignalCard): number {
  return a.identified_at - b.identified_at || (a.id < b.id ? -1 : 1);
}

/** How many of `shown` would stand elsewhere in `wanted`. */
export function displaced(shown: readonly string[], wanted: readonly string[]): number {
  return shown.reduce((count, id, index) => count + (wanted[index] === id ? 0 : 1), 0);
}

/** A duty that presses, with the card it is about. */
export interface Pressing {
  readonly duty: DutyChip;
  readonly label: string;
  readonly client: string;
}

const PRESSING: ReadonlySet<TimeState> = new Set(TIME_STATES.slice(0, 3));

/** The duties at risk or worse: the worst of them, and how many there are. */
export interface Pressed {
  readonly worst: readonly Pressing[];
  readonly count: number;
}

/** More than fit into the widest strip. */
const WORST_MAX = 8;

/** Duties at risk or worse, worst first. */
export function pressing(cards: Iterable<Card>, signals: Iterable<SignalCard>, now: Timestamp): Pressed {
  const worst: (Pressing & { rank: number; due: number })[] = [];
  let count = 0;
  const add = (duty: DutyChip | null, label: string, client: string) => {
    if (duty === null || duty.due === null) return;
    const { due } = duty;
    const state = stateAt(duty, now);
    if (!PRESSING.has(state)) return;
    count += 1;
    const rank = rankOf(state);
    const below = worst.findIndex((other) => (rank - other.rank || due - other.due) < 0);
    if (below < 0 && worst.length === WORST_MAX) return;
    worst.splice(below < 0 ? worst.length : below, 0, { duty, label, client, rank, due });
    if (worst.length > WORST_MAX) worst.pop();
  };
  for (const card of cards) {
    if (card.column === "closed" || card.column === null) continue;
    add(card.duty, card.label, card.client_name);
    add(card.second, card.label, card.client_name);
  }
  for (const signal of signals) add(signal.duty, signal.summary, signal.client_name ?? "client unknown");
  return { worst, count };
}
