// Which card stands where. A change costs its column; the order changes in batches, and holds still under a hand.
import type { Card, Column, IncidentId, Timestamp } from "../../bindings";
import { inTurn } from "../../records/in-turn";
import type { Changed, Records } from "../../records/records";
import { type Filter, matches, matchesSignal, NO_FILTER } from "./filter";
import {
  type Counts,
  compare,
  compareClosed,
  displaced,
  inOrder,
  type Pressed,
  pressing,
  standing,
  stateOf,
  worstFirst,
} from "./order";

/** A column as it is drawn. */
export interface Lane {
  readonly ids: readonly string[];
  readonly counts: Counts;
  /** How many of this column there are in all, shown or hidden. */
  readonly total: number;
  /** How many would stand elsewhere if it were sorted now. */
  readonly wouldMove: number;
  /** Whether it has just been sorted: then its cards glide to their places. A card that goes is gone at once. */
  readonly glides: boolean;
}

/** What a filter hides, and the duties that press: for the whole board. */
export interface Overview {
  readonly total: number;
  readonly hidden: number;
  readonly hiddenImminent: number;
  readonly pressing: Pressed;
  /** Major incidents, the longest overdue first. */
  readonly majors: readonly IncidentId[];
}

/** More changes than this are placed all at once. */
const MANY = 200;
const SURVEY_AFTER_MS = 100;
const NO_COUNTS: Counts = { overdue: 0, imminent: 0, at_risk: 0, watch: 0, on_track: 0, paused: 0 };
const EMPTY_LANE: Lane = { ids: [], counts: NO_COUNTS, total: 0, wouldMove: 0, glides: false };
const EMPTY_OVERVIEW: Overview = {
  total: 0,
  hidden: 0,
  hiddenImminent: 0,
  pressing: { worst: [], count: 0 },
  majors: [],
};

/** The arrangement of all cards on a board. */
export class Arrangement {
  #order = new Map<Column, string[]>();
  #place = new Map<string, Column>();
  #lanes = new Map<Column, Lane>();
  #overview = EMPTY_OVERVIEW;
  #waiting = new Map<Column, number>();
  #filter = NO_FILTER;
  #surveyDue = false;
  #listeners = new Set<() => void>();

  constructor(
    readonly records: Records,
    readonly now: () => Timestamp,
    /** Runs what may wait until the change itself is on screen. */
    readonly later: (work: () => void) => void = (work) => void setTimeout(work, SURVEY_AFTER_MS),
  ) {
    this.#placeAll();
    this.#overview = this.#survey();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  lane(column: Column): Lane {
    return this.#lanes.get(column) ?? EMPTY_LANE;
  }

  overview(): Overview {
    return this.#overview;
  }

  /** Cards came, went or changed: each goes to its column at once, the rest stays where it is. */
  take(changed: Changed): void {
    const touched = new Set<Column>();
    if (changed.cards.length > MANY) this.#placeAll();
    else for (const id of changed.cards) this.#move(id, this.records.cards.get(id), touched);
    if (changed.signals.length > 0) {
      this.#sortSignals();
      touched.add("identified");
    }
    this.#draw(changed.cards.length > MANY ? this.#order.keys() : touched);
    if (this.#surveyDue) return;
    this.#surveyDue = true;
    this.later(() => {
      this.#surveyDue = false;
      this.#overview = this.#survey();
      this.#tell();
    });
  }

  /** Another filter. */
  filterBy(filter: Filter): void {
    this.#filter = filter;
    this.#draw(this.#order.keys());
    this.#overview = this.#survey();
    this.#tell();
  }

  /** The batch: sorts every column that is not held, and counts what the held ones hold back. */
  settle(held: ReadonlySet<Column>): void {
    for (const [column, ids] of this.#order) {
      const wanted = this.#sorted(column, ids);
      if (held.has(column)) this.#waiting.set(column, displaced(ids, wanted));
      else this.#order.set(column, wanted);
      if (!held.has(column)) this.#waiting.delete(column);
    }
    this.#draw(this.#order.keys(), "sorted");
    this.#overview = this.#survey();
    this.#tell();
  }

  /** Sorts one column now, because the person said so. */
  sortNow(column: Column): void {
    this.#order.set(column, this.#sorted(column, this.#order.get(column) ?? []));
    this.#waiting.delete(column);
    this.#draw([column], "sorted");
  }

  #placeAll(): void {
    for (const column of this.#order.keys()) this.#order.set(column, []);
    this.#place.clear();
    for (const card of this.records.cards.values()) {
      if (card.column === null) continue;
      this.#place.set(card.id, card.column);
      const ids = this.#order.get(card.column) ?? [];
      ids.push(card.id);
      this.#order.set(card.column, ids);
    }
    for (const [column, ids] of this.#order) this.#order.set(column, this.#sorted(column, ids));
    this.#sortSignals();
    this.#draw(this.#order.keys());
  }

  #move(id: string, card: Card | undefined, touched: Set<Column>): void {
    const from = this.#place.get(id);
    const to = card?.column ?? undefined;
    if (from !== undefined) touched.add(from);
    if (to !== undefined) touched.add(to);
    if (from === to || card === undefined) {
      if (card === undefined) this.#remove(id, from);
      return;
    }
    this.#remove(id, from);
    if (to === undefined) return;
    const ids = this.#order.get(to) ?? [];
    const precedes = this.#precedes(card, to);
    const at = ids.findIndex(precedes);
    this.#order.set(to, at < 0 ? [...ids, id] : [...ids.slice(0, at), id, ...ids.slice(at)]);
    this.#place.set(id, to);
  }

  #remove(id: string, from: Column | undefined): void {
    if (from === undefined) return;
    this.#order.set(
      from,
      (this.#order.get(from) ?? []).filter((other) => other !== id),
    );
    this.#place.delete(id);
  }

  /** Whether a card stands above another in this column. */
  #precedes(card: Card, column: Column): (other: string) => boolean {
    const now = this.now();
    const here = standing(card, now);
    return (other) => {
      const there = this.records.cards.get(other);
      if (there === undefined) return false;
      return (column === "closed" ? compareClosed(card, there) : compare(here, standing(there, now))) < 0;
    };
  }

  #sorted(column: Column, ids: readonly string[]): string[] {
    if (column === "identified") return [...ids];
    const cards = ids.flatMap((id) => this.records.cards.get(id) ?? []);
    const sorted = column === "closed" ? cards.sort(compareClosed) : inOrder(cards, this.now());
    return sorted.map((card) => card.id);
  }

  #sortSignals(): void {
    const signals = inTurn(this.records.signals.values());
    this.#order.set(
      "identified",
      signals.map((signal) => signal.id),
    );
  }

  #draw(columns: Iterable<Column>, why: "changed" | "sorted" = "changed"): void {
    for (const column of columns) {
      this.#lanes.set(column, { ...this.#drawn(column), glides: why === "sorted" });
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #drawn(column: Column): Omit<Lane, "glides"> {
    const all = this.#order.get(column) ?? [];
    const now = this.now();
    const ids: string[] = [];
    const counts = { ...NO_COUNTS };
    for (const id of all) {
      const item = this.#item(id, column);
      if (item === undefined || !this.#shows(id, column, now)) continue;
      ids.push(id);
      counts[stateOf(item, now)] += 1;
    }
    const wouldMove = this.#waiting.get(column) ?? 0;
    const before = this.#lanes.get(column)?.ids ?? [];
    const same = before.length === ids.length && ids.every((id, index) => id === before[index]);
    return { ids: same ? before : ids, counts, total: all.length, wouldMove };
  }

  #item(id: string, column: Column) {
    return column === "identified" ? this.records.signals.get(id) : this.records.cards.get(id);
  }

  #shows(id: string, column: Column, now: Timestamp): boolean {
    if (column === "identified") {
      const signal = this.records.signals.get(id);
      return signal !== undefined && matchesSignal(this.#filter, signal, now);
    }
    const card = this.records.cards.get(id);
    return card !== undefined && matches(this.#filter, card, this.records.session?.person?.id, now);
  }

  #survey(): Overview {
    const now = this.now();
    const { cards, signals } = this.records;
    let [total, hidden, hiddenImminent] = [0, 0, 0];
    const majors: Card[] = [];
    for (const [column, ids] of this.#order) {
      if (column === "closed") continue;
      const lane = this.lane(column).ids;
      const shown = lane.length === ids.length ? null : new Set(lane);
      total += ids.length;
      hidden += ids.length - lane.length;
      for (const id of ids) {
        const item = this.#item(id, column);
        if (item === undefined) continue;
        if ("major" in item && item.major) majors.push(item);
        if (shown === null || shown.has(id)) continue;
        const state = stateOf(item, now);
        if (state === "imminent" || state === "overdue") hiddenImminent += 1;
      }
    }
    return {
      total,
      hidden,
      hiddenImminent,
      pressing: pressing(cards.values(), signals.values(), now),
      majors: worstFirst(majors, now).map((card) => card.id),
    };
  }
}
