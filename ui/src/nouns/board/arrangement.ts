// Which card stands where. A change costs what changed; the order changes in batches, and holds still under a hand.
import type { Card, Column, Timestamp } from "../../bindings";
import { TIME_STATES } from "../../parts/countdown";
import { inTurn } from "../../records/in-turn";
import type { Changed, Records } from "../../records/records";
import { type Filter, isOpenTo, matches, matchesSignal, NO_FILTER } from "./filter";
import { compare, compareClosed, displaced, inOrder, isSame, standing } from "./order";
import { EMPTY_OVERVIEW, isSameOverview, type Overview, overviewOf } from "./overview";
import { type Counts, Tally } from "./tally";

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

/** Why a column is drawn: some of its cards changed, or it was sorted, or all in it is looked at anew. */
type Why = "changed" | "sorted" | "anew";

/** More changes than this are placed all at once. */
const MANY = 200;
const SURVEY_AFTER_MS = 100;
const NO_COUNTS: Counts = { overdue: 0, imminent: 0, at_risk: 0, watch: 0, on_track: 0, paused: 0 };
const EMPTY_LANE: Lane = { ids: [], counts: NO_COUNTS, total: 0, wouldMove: 0, glides: false };

/** The arrangement of all cards on a board. */
export class Arrangement {
  #order = new Map<Column, string[]>();
  #place = new Map<string, Column>();
  #lanes = new Map<Column, Lane>();
  #tallies = new Map<Column, Tally>();
  #overview = EMPTY_OVERVIEW;
  #waiting = new Map<Column, number>();
  #filter = NO_FILTER;
  #surveyDue = false;
  /** Which column was settled last. */
  #turn = 0;
  #listeners = new Set<() => void>();

  constructor(
    readonly records: Records,
    readonly now: () => Timestamp,
    /** Runs what may wait until the change itself is on screen. */
    readonly later: (work: () => void) => void = (work) => void setTimeout(work, SURVEY_AFTER_MS),
  ) {
    this.#placeAll();
    this.#survey();
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
    this.#draw(touched, "changed");
    if (changed.signals.length > 0) {
      this.#sortSignals();
      this.#draw(["identified"], "anew");
    }
    this.#tell();
    if (this.#surveyDue) return;
    this.#surveyDue = true;
    this.later(() => {
      this.#surveyDue = false;
      this.#survey();
      this.#tell();
    });
  }

  /** Another filter. */
  filterBy(filter: Filter): void {
    this.#filter = filter;
    this.#draw(this.#order.keys(), "anew");
    this.#survey();
    this.#tell();
  }

  /** The batch: sorts every column that is not held, and counts what the held ones hold back. */
  settle(held: ReadonlySet<Column>): void {
    for (const column of this.#order.keys()) this.#settle(column, held);
    this.#survey();
    this.#tell();
  }

  /** The same a column at a time, each in its turn: all of a large board at once would keep a key waiting. */
  settleNext(held: ReadonlySet<Column>): void {
    const columns = [...this.#order.keys()];
    this.#turn = (this.#turn + 1) % columns.length;
    const column = columns[this.#turn];
    if (column !== undefined) this.#settle(column, held);
    if (this.#turn === 0) this.#survey();
    this.#tell();
  }

  /** Sorts one column now, because the person said so. */
  sortNow(column: Column): void {
    this.#order.set(column, this.#sorted(column, this.#order.get(column) ?? []));
    this.#waiting.delete(column);
    this.#draw([column], "sorted");
    this.#tell();
  }

  #settle(column: Column, held: ReadonlySet<Column>): void {
    const ids = this.#order.get(column) ?? [];
    const wanted = this.#sorted(column, ids);
    if (held.has(column)) this.#waiting.set(column, displaced(ids, wanted));
    else this.#order.set(column, wanted);
    if (!held.has(column)) this.#waiting.delete(column);
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
    this.#draw(this.#order.keys(), "anew");
  }

  #move(id: string, card: Card | undefined, touched: Set<Column>): void {
    const from = this.#place.get(id);
    const to = card?.column ?? undefined;
    if (from !== undefined && from !== to) this.#remove(id, from);
    if (card !== undefined && to !== undefined && from !== to) this.#insert(card, to);
    if (card !== undefined && to !== undefined) this.#tallies.get(to)?.count(card, this.now());
    for (const column of [from, to]) if (column !== undefined) touched.add(column);
  }

  #insert(card: Card, to: Column): void {
    const ids = this.#order.get(to) ?? [];
    const at = ids.findIndex(this.#precedes(card, to));
    this.#order.set(to, ids.toSpliced(at < 0 ? ids.length : at, 0, card.id));
    this.#place.set(card.id, to);
  }

  #remove(id: string, from: Column): void {
    const ids = this.#order.get(from) ?? [];
    this.#order.set(from, ids.toSpliced(ids.indexOf(id), 1));
    this.#place.delete(id);
    this.#tallies.get(from)?.drop(id);
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

  /** A column that stands as it stood keeps its lane, and nobody draws it again. */
  #draw(columns: Iterable<Column>, why: Why): void {
    for (const column of columns) {
      const before = this.#lanes.get(column);
      const now = this.#drawn(column, why);
      if (before !== undefined && stands(before, now)) continue;
      this.#lanes.set(column, { ...now, glides: why === "sorted" });
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #drawn(column: Column, why: Why): Omit<Lane, "glides"> {
    const all = this.#order.get(column) ?? [];
    const now = this.now();
    const whole = isOpenTo(this.#filter);
    const ids = whole ? all : all.filter((id) => this.#shows(id, column, now));
    const counted = whole && why === "changed" ? this.#tallies.get(column) : undefined;
    const tally = counted ?? new Tally(this.#items(ids, column), now);
    this.#tallies.set(column, tally);
    const before = this.#lanes.get(column)?.ids ?? [];
    const wouldMove = this.#waiting.get(column) ?? 0;
    return { ids: isSame(before, ids) ? before : ids, counts: tally.counts(), total: all.length, wouldMove };
  }

  *#items(ids: readonly string[], column: Column) {
    const known = column === "identified" ? this.records.signals : this.records.cards;
    for (const id of ids) {
      const item = known.get(id);
      if (item !== undefined) yield item;
    }
  }

  #shows(id: string, column: Column, now: Timestamp): boolean {
    if (column === "identified") {
      const signal = this.records.signals.get(id);
      return signal !== undefined && matchesSignal(this.#filter, signal, now);
    }
    const card = this.records.cards.get(id);
    return card !== undefined && matches(this.#filter, card, this.records.session?.person?.id, now);
  }

  /** Looks over the board; what reads as before stays the same object, and nobody draws it again. */
  #survey(): void {
    const columns = [...this.#order].map(([column, all]) => ({ column, all, shown: this.lane(column).ids }));
    const seen = overviewOf(this.records, columns, this.now());
    if (!isSameOverview(seen, this.#overview)) this.#overview = seen;
  }
}

function stands(before: Lane, now: Omit<Lane, "glides">): boolean {
  return (
    before.ids === now.ids &&
    before.total === now.total &&
    before.wouldMove === now.wouldMove &&
    TIME_STATES.every((state) => before.counts[state] === now.counts[state])
  );
}
