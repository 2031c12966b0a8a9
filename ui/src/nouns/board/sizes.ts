// How tall a card is, in pixels, at a density and a text size.
import type { Density } from "../../parts/preferences";

const CARD_REM: Readonly<Record<Density, number>> = { comfortable: 6.25, compact: 4.75, line: 2 };
const GAP_REM = 0.375;
const BROWSER_REM = 16;

/** Pixels of one rem at a text size in percent. */
export function rem(text: number): number {
  const root = globalThis.getComputedStyle?.(document.documentElement).fontSize;
  return Number.parseFloat(root ?? "") || (BROWSER_REM * text) / 100;
}

/** Sizes of a card and of the gap below it. */
export function sizes(density: Density, pixels: number): { card: number; gap: number } {
  return { card: Math.round(CARD_REM[density] * pixels), gap: Math.round(GAP_REM * pixels) };
}
