// The order of a column, and it can be explained: majors, then time, then severity, then what is due first.
import type { Card, DutyChip, SignalCard, Timestamp } from "../../bindings";
import { rankOf, stateAt, type TimeState } from "../../parts/countdown";
import { isSameDuty } from "./same-duty";

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

/** Whether two lists name the same in the same order. */
export function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((id, index) => id === other[index]));
}

/** How many of `shown` would stand elsewhere in `wanted`. */
export function displaced(shown: readonly string[], wanted: readonly string[]): number {
  return shown.reduce((count, id, index) => count + (wanted[index] === id ? 0 : 1), 0);
}

/** An incident or signal whose duties press: the worst of them, and how many others. */
export interface Pressing {
  readonly duty: DutyChip;
  readonly others: number;
  readonly label: string;
  readonly client: string;
}

/** Whether two lists of what presses say the same. */
export function isSamePressed(one: Pressed, other: Pressed): boolean {
  const { worst } = other;
  return (
    one.count === other.count &&
    one.worst.length === worst.length &&
    one.worst.every((pressing, index) => isSamePressing(pressing, worst[index]))
  );
}

function isSamePressing(one: Pressing, other: Pressing | undefined): boolean {
  return (
    one.others === other?.others &&
    one.label === other.label &&
    one.client === other.client &&
    isSameDuty(one.duty, other.duty)
  );
}

/** At risk, or worse. */
const PRESSING_RANK = rankOf("at_risk");

/** Where duties are at risk or worse: the worst of these, and how many there are. */
export interface Pressed {
  readonly worst: readonly Pressing[];
  readonly count: number;
}

/** More than fit into the widest strip. */
const WORST_MAX = 8;

interface Placed {
  readonly duty: DutyChip;
  readonly rank: number;
  readonly due: number;
}

/** What presses, worst first: one place an incident, however many of its duties do. */
export function pressing(cards: Iterable<Card>, signals: Iterable<SignalCard>, now: Timestamp): Pressed {
  const worst: (Pressing & Placed)[] = [];
  let count = 0;
  const add = (duties: readonly (DutyChip | null)[], label: string, client: string) => {
    const pressed = duties.flatMap((duty) => placed(duty, now)).filter(({ rank }) => rank <= PRESSING_RANK);
    const [first, ...others] = pressed.sort(worse);
    if (first === undefined) return;
    count += 1;
    const below = worst.findIndex((other) => worse(first, other) < 0);
    if (below < 0 && worst.length === WORST_MAX) return;
    worst.splice(below < 0 ? worst.length : below, 0, { ...first, others: others.length, label, client });
    if (worst.length > WORST_MAX) worst.pop();
  };
  for (const card of cards) {
    if (card.column === "closed" || card.column === null) continue;
    if (!presses(card.duty, now) && !presses(card.second, now)) continue;
    add([card.duty, card.second], card.label, card.client_name);
  }
  for (const signal of signals) add([signal.duty], signal.summary, signal.client_name ?? "client unknown");
  return { worst, count };
}

/** Asked of every card on the board: most are put aside by it, and cost nothing more. */
function presses(duty: DutyChip | null, now: Timestamp): boolean {
  return duty !== null && duty.due !== null && rankOf(stateAt(duty, now)) <= PRESSING_RANK;
}

function placed(duty: DutyChip | null, now: Timestamp): readonly Placed[] {
  if (duty === null || duty.due === null) return [];
  return [{ duty, rank: rankOf(stateAt(duty, now)), due: duty.due }];
}

/** Cards by their worst duty: what is longest overdue first, what owes nothing by any time last. */
export function worstFirst(cards: readonly Card[], now: Timestamp): Card[] {
  const worstOf = (card: Card) =>
    [card.duty, card.second].flatMap((duty) => placed(duty, now)).sort(worse)[0];
  const sorted = cards.map((card) => ({ card, worst: worstOf(card) }));
  sorted.sort((a, b) => {
    if (a.worst === undefined || b.worst === undefined) return Number(!a.worst) - Number(!b.worst);
    return worse(a.worst, b.worst);
  });
  return sorted.map(({ card }) => card);
}

function worse(a: Placed, b: Placed): number {
  return a.rank - b.rank || a.due - b.due;
}
