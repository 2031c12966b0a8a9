// How many of a column stand in each time state. A change costs what changed: the others are not looked at.
import type { DutyChip, Timestamp } from "../../bindings";
import { rankOf, TIME_STATES, type TimeState } from "../../parts/countdown";
import { stateOf } from "./order";

/** How many cards of a column stand in each time state. */
export type Counts = Readonly<Record<TimeState, number>>;

/** What is counted. */
interface Counted {
  readonly id: string;
  readonly duty: DutyChip | null;
}

/** The time states of a column's records, each as it was when it was counted. */
export class Tally {
  readonly #ranks = new Map<string, number>();
  readonly #by = TIME_STATES.map(() => 0);

  /** Counts all of these. */
  constructor(items: Iterable<Counted> = [], now: Timestamp = 0) {
    for (const item of items) this.count(item, now);
  }

  /** Counts one, instead of as it was counted before. */
  count(item: Counted, now: Timestamp): void {
    this.drop(item.id);
    const rank = rankOf(stateOf(item, now));
    this.#ranks.set(item.id, rank);
    this.#add(rank, 1);
  }

  /** One is no longer here. */
  drop(id: string): void {
    const rank = this.#ranks.get(id);
    if (rank === undefined) return;
    this.#ranks.delete(id);
    this.#add(rank, -1);
  }

  counts(): Counts {
    const of = (state: TimeState) => this.#by[rankOf(state)] ?? 0;
    return {
      overdue: of("overdue"),
      imminent: of("imminent"),
      at_risk: of("at_risk"),
      watch: of("watch"),
      on_track: of("on_track"),
      paused: of("paused"),
    };
  }

  #add(rank: number, more: 1 | -1): void {
    this.#by[rank] = (this.#by[rank] ?? 0) + more;
  }
}
