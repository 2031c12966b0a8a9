// The order of a column, and it can be explained: majors, then time, then severity, then what is due first.
import type { Card, DutyChip, SignalCard, Timestamp } from "../../bindings";
import { rankOf, stateAt, TIME_STATES, type TimeState } from "../../parts/countdown";

/** How many cards of a column stand in each time state. */
export type Counts = Readonly<Record<TimeState, number>>;

/** The state of a card's next duty; nothing owed is on track. */
export function stateOf(item: { duty: DutyChip | null }, now: Timestamp): TimeState {
  return item.duty === null ? "on_track" : stateAt(item.duty, now);
}

/** Sorts two cards; negative where the first stands higher. */
export function compare(a: Card, b: Card, now: Timestamp): number {
  if (a.major !== b.major) return a.major ? -1 : 1;
  const time = rankOf(stateOf(a, now)) - rankOf(stateOf(b, now));
  if (time !== 0) return time;
  if (a.severity !== b.severity) return a.severity - b.severity;
  const due = dueOf(a) - dueOf(b);
  if (due !== 0) return due;
  return a.id < b.id ? -1 : 1;
}

/** Closed incidents: the latest first. */
export function compareClosed(a: Card, b: Card): number {
  return b.column_since - a.column_since || (a.id < b.id ? -1 : 1);
}

/** Signals: the oldest first. */
export function compareSignals(a: SignalCard, b: SignalCard): number {
  return a.identified_at - b.identified_at || (a.id < b.id ? -1 : 1);
}

function dueOf(card: Card): number {
  return card.duty?.due ?? Number.MAX_SAFE_INTEGER;
}

/** Counts by time state. */
export function countStates(items: Iterable<{ duty: DutyChip | null }>, now: Timestamp): Counts {
  const counts: Record<TimeState, number> = {
    overdue: 0,
    imminent: 0,
    at_risk: 0,
    watch: 0,
    on_track: 0,
    paused: 0,
  };
  for (const item of items) counts[stateOf(item, now)] += 1;
  return counts;
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

/** Duties at risk or worse, worst first. */
export function pressing(
  cards: Iterable<Card>,
  signals: Iterable<SignalCard>,
  now: Timestamp,
): readonly Pressing[] {
  const found: (Pressing & { rank: number })[] = [];
  const add = (duty: DutyChip | null, label: string, client: string) => {
    if (duty === null || duty.due === null) return;
    const state = stateAt(duty, now);
    if (PRESSING.has(state)) found.push({ duty, label, client, rank: rankOf(state) });
  };
  for (const card of cards) {
    if (card.column === "closed" || card.column === null) continue;
    add(card.duty, card.label, card.client_name);
    add(card.second, card.label, card.client_name);
  }
  for (const signal of signals) add(signal.duty, signal.summary, signal.client_name ?? "client unknown");
  return found.sort((a, b) => a.rank - b.rank || (a.duty.due ?? 0) - (b.duty.due ?? 0));
}
