// What holds for the whole board: how much a filter hides, what presses, which incidents are major.
import type { Card, Column, IncidentId, SignalCard, Timestamp } from "../../bindings";
import { isSame, isSamePressed, type Pressed, pressing, stateOf, worstFirst } from "./order";

/** What a filter hides, and the duties that press: for the whole board. */
export interface Overview {
  readonly total: number;
  readonly hidden: number;
  readonly hiddenImminent: number;
  readonly pressing: Pressed;
  /** Major incidents, the longest overdue first. */
  readonly majors: readonly IncidentId[];
}

export const EMPTY_OVERVIEW: Overview = {
  total: 0,
  hidden: 0,
  hiddenImminent: 0,
  pressing: { worst: [], count: 0 },
  majors: [],
};

/** A column with all that stands in it, and what of that is shown. */
export interface Surveyed {
  readonly column: Column;
  readonly all: readonly string[];
  readonly shown: readonly string[];
}

/** The records that are looked over. */
export interface Standing {
  readonly cards: ReadonlyMap<string, Card>;
  readonly signals: ReadonlyMap<string, SignalCard>;
}

/** Looks over every open card and signal. */
export function overviewOf(standing: Standing, columns: readonly Surveyed[], now: Timestamp): Overview {
  const { cards, signals } = standing;
  const open = columns.filter(({ column }) => column !== "closed");
  const total = open.reduce((sum, { all }) => sum + all.length, 0);
  return {
    total,
    hidden: open.reduce((left, { shown }) => left - shown.length, total),
    hiddenImminent: open.reduce((sum, column) => sum + imminentHidden(standing, column, now), 0),
    pressing: pressing(cards.values(), signals.values(), now),
    majors: worstFirst(majorsOf(cards.values()), now).map((card) => card.id),
  };
}

/** Whether two say the same. */
export function isSameOverview(one: Overview, other: Overview): boolean {
  return (
    one.total === other.total &&
    one.hidden === other.hidden &&
    one.hiddenImminent === other.hiddenImminent &&
    isSame(one.majors, other.majors) &&
    isSamePressed(one.pressing, other.pressing)
  );
}

function imminentHidden({ cards, signals }: Standing, { column, all, shown }: Surveyed, now: Timestamp) {
  if (shown.length === all.length) return 0;
  const here = new Set(shown);
  const known = column === "identified" ? signals : cards;
  let count = 0;
  for (const id of all) {
    const item = here.has(id) ? undefined : known.get(id);
    const state = item === undefined ? "on_track" : stateOf(item, now);
    if (state === "imminent" || state === "overdue") count += 1;
  }
  return count;
}

function majorsOf(cards: Iterable<Card>): Card[] {
  const majors: Card[] = [];
  for (const card of cards) {
    if (card.major && card.column !== null && card.column !== "closed") majors.push(card);
  }
  return majors;
}
