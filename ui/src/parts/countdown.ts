// What a time chip says: the state a given instant is in, and the time left in words.
//
// Every instant was given; nothing here computes when something is due.
import type { Attention, Timestamp } from "../bindings";

/** Where a duty stands in time, worst first. */
export type TimeState = "overdue" | "imminent" | "at_risk" | "watch" | "on_track" | "paused";

export const TIME_STATES: readonly TimeState[] = [
  "overdue",
  "imminent",
  "at_risk",
  "watch",
  "on_track",
  "paused",
];

/** In words, for people who do not see the shape. */
export const TIME_STATE_NAMES: Readonly<Record<TimeState, string>> = {
  overdue: "overdue",
  imminent: "imminent",
  at_risk: "at risk",
  watch: "watch",
  on_track: "on track",
  paused: "paused",
};

/** What a countdown counts down to. */
export interface Deadline {
  readonly due: Timestamp | null;
  readonly attention: Attention | null;
  readonly paused: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The state at an instant. */
export function stateAt(deadline: Deadline, now: Timestamp): TimeState {
  const { due, attention } = deadline;
  if (deadline.paused) return "paused";
  if (due === null) return "on_track";
  if (now >= due) return "overdue";
  if (attention === null) return "on_track";
  if (now >= attention.warning) return "imminent";
  if (now >= attention.caution) return "at_risk";
  return now >= attention.watch ? "watch" : "on_track";
}

/** 0 is worst; sorts duties. */
export function rankOf(state: TimeState): number {
  return TIME_STATES.indexOf(state);
}

/**
 * Two units at most: `3h 20m` over two hours, `22m` down to ten minutes, then `6:30` each second.
 * What is overdue counts up with a minus. `stepSeconds` coarsens the seconds where motion is unwanted.
 */
export function countdown(due: Timestamp, now: Timestamp, stepSeconds = 1): string {
  const late = now >= due;
  const left = late ? now - due : due - now;
  const sign = late ? "-" : "";
  if (left >= 10 * MINUTE) return sign + coarse(left);
  // Time left is rounded up and time lost down: neither is made to look worse than it is.
  const steps = left / SECOND / stepSeconds;
  return sign + minutesAndSeconds((late ? Math.floor(steps) : Math.ceil(steps)) * stepSeconds);
}

function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function coarse(span: number): string {
  if (span <= 2 * HOUR) return `${Math.floor(span / MINUTE)}m`;
  if (span < 2 * DAY) return `${Math.floor(span / HOUR)}h ${Math.floor((span % HOUR) / MINUTE)}m`;
  return `${Math.floor(span / DAY)}d ${Math.floor((span % DAY) / HOUR)}h`;
}

/** How long something has been so: `25m`, `3h`, `2d`. */
export function age(since: Timestamp, now: Timestamp): string {
  const span = Math.max(0, now - since);
  if (span < HOUR) return `${Math.floor(span / MINUTE)}m`;
  return span < 2 * DAY ? `${Math.floor(span / HOUR)}h` : `${Math.floor(span / DAY)}d`;
}
