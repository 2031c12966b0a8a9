// What this person likes on this computer: theme, density, text size, keys. Never a record.
import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";
export type Density = "comfortable" | "compact" | "line";

export interface Preferences {
  readonly theme: Theme;
  readonly density: Density;
  /** Percent of the normal text size. */
  readonly text: number;
  /** Keys of one letter (WCAG 2.1.4). */
  readonly letterKeys: boolean;
  readonly railCollapsed: boolean;
}

const PLACE = "holdfast.preferences";
const TEXT_MIN = 75;
const TEXT_MAX = 200;
const DEFAULTS: Preferences = {
  theme: "system",
  density: "compact",
  text: 100,
  letterKeys: true,
  railCollapsed: false,
};

const listeners = new Set<() => void>();
let current: Preferences = read();

function read(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    return typeof kept === "object" && kept !== null ? sane(kept) : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

function sane(kept: object): Preferences {
  const of = (name: string): unknown => Reflect.get(kept, name);
  const theme = (["system", "light", "dark"] as const).find((one) => one === of("theme"));
  const density = (["comfortable", "compact", "line"] as const).find((one) => one === of("density"));
  return {
    theme: theme ?? DEFAULTS.theme,
    density: density ?? DEFAULTS.density,
    text: Math.min(TEXT_MAX, Math.max(TEXT_MIN, Number(of("text")) || DEFAULTS.text)),
    letterKeys: of("letterKeys") !== false,
    railCollapsed: of("railCollapsed") === true,
  };
}

/** What is liked now. */
export function preferences(): Preferences {
  return current;
}

/** Changes some of it, shows it at once and keeps it. */
export function prefer(change: Partial<Preferences>): void {
  current = sane({ ...current, ...change });
  showPreferences();
  try {
    localStorage.setItem(PLACE, JSON.stringify(current));
  } catch {
    // A full or forbidden storage costs the memory of a taste, nothing else.
  }
  for (const listener of listeners) listener();
}

/** Puts theme and text size on the page. */
export function showPreferences(): void {
  const page = document.documentElement;
  if (current.theme === "system") delete page.dataset.theme;
  else page.dataset.theme = current.theme;
  page.style.fontSize = current.text === 100 ? "" : `${current.text}%`;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is liked, drawn again when it changes. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}

/** Whether this person asked for less motion. */
export function reducedMotion(): boolean {
  return globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
}
