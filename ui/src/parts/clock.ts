// The one ticking clock of the screen, set by the desk's measured offset to the server.
//
// A component reads it through a selection, so that it is drawn again only when what it shows has changed.
import { useSyncExternalStore } from "react";
import type { Local, Timestamp } from "../bindings";
import { dayName } from "./wall-time";

const listeners = new Set<() => void>();
let offset = 0;
let now: Timestamp = Date.now();
let frozen = false;
let timer: ReturnType<typeof setInterval> | undefined;
let nearest: Local | undefined;

/** A smaller change of the offset is shown by the next tick: each exchange with the server measures a little else. */
const SHOWN_AT_ONCE_MS = 500;

/** Milliseconds to add to this computer's clock. */
export function setOffset(milliseconds: number): void {
  const change = Math.abs(milliseconds - offset);
  offset = milliseconds;
  if (change >= SHOWN_AT_ONCE_MS) tick();
}

/** Stands still (WCAG 2.2.2) or runs on. */
export function freezeClock(still: boolean): void {
  frozen = still;
  tick();
}

/** The instant on screen. */
export function instant(): Timestamp {
  return now;
}

/** The instant itself, frozen or not: for what is written down. */
export function realInstant(): Timestamp {
  return Date.now() + offset;
}

function tick(): void {
  if (frozen) return;
  now = realInstant();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** What `select` makes of the instant on screen; drawn again only when that changes. */
export function useClock<T extends string | number | boolean>(select: (now: Timestamp) => T): T {
  return useSyncExternalStore(subscribe, () => select(now));
}

/** Keeps the wall time nearest to now that the desk has given; told again, it is as it was told last: a desk
 * that has just signed in knows no zone yet. */
export function learnWall(local: Local | null | undefined): void {
  if (local == null) return;
  const distance = (known: Local) => Math.abs(known.instant - now);
  if (nearest === undefined || distance(local) <= distance(nearest)) nearest = local;
}

const NEAR = 6 * 3_600_000;

/**
 * The house's wall time of an instant, by the offset the desk gave for a near one; UTC, and said so, where it
 * gave none. The screen knows no zone rules.
 */
export function wall(at: Timestamp): { day: string; time: string; zone: string } {
  const near = nearest !== undefined && Math.abs(nearest.instant - at) < NEAR ? nearest : undefined;
  const shifted = new Date(at + (near === undefined ? 0 : minutesOf(near.offset) * 60_000));
  const [day = "", time = ""] = shifted.toISOString().slice(0, 19).split("T");
  return { day, time, zone: near?.zone ?? "UTC" };
}

function minutesOf(utcOffset: string): number {
  const [hours = "0", minutes = "0"] = utcOffset.replace(/^[+-]/, "").split(":");
  const span = Number(hours) * 60 + Number(minutes);
  return utcOffset.startsWith("-") ? -span : span;
}

/** `14:02` of a given wall time. */
export function shortTime(local: Local): string {
  return local.local.slice(11, 16);
}

/** `23 Nov`, and with its year where that is not this one: the day of a given wall time. */
export function dayOf(local: Local): string {
  const year = new Date(now).toISOString().slice(0, 4);
  return dayName(local.local.slice(0, 10), year);
}

/** `14:02`, or `23 Nov 14:02` where that is another day than the one it stands beside. */
export function timeBeside(local: Local, beside: Local): string {
  const same = local.local.slice(0, 10) === beside.local.slice(0, 10);
  return same ? shortTime(local) : `${dayOf(local)} ${shortTime(local)}`;
}

/** `14:02`, or `23 Nov 14:02` where that is not today. */
export function nearTime(local: Local): string {
  const today = new Date(now + minutesOf(local.offset) * 60_000).toISOString();
  return timeBeside(local, { ...local, local: today });
}

/** `23 Nov 14:02 +01:00`, and with its year where that is not this one: a given wall time in a list. */
export function dayTime(local: Local): string {
  return `${dayOf(local)} ${shortTime(local)} ${local.offset}`;
}

/** `23 Nov 2026 14:02 +01:00 (Europe/Berlin)`, for tooltips. */
export function fullTime(local: Local): string {
  const day = dayName(local.local.slice(0, 10), "");
  return `${day} ${shortTime(local)} ${local.offset} (${local.zone})`;
}
