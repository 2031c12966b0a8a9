// The keys that work anywhere.

import { sayCaught, undoLatest } from "../doing/run";
import { useKeys } from "../keys/use-keys";
import { announce } from "../parts/announce";
import { freezeClock } from "../parts/clock";
import { prefer, preferences } from "../parts/preferences";
import { readDuties } from "../records/reading";
import { records } from "../records/records";
import { go, hrefOf, type Route, toDuty } from "../route";

/** What stands in front of the desk. */
export type Open = "entry" | "palette" | "keys" | null;

const TEXT_STEP = 25;

/** Freezes live motion or lets it go on (WCAG 2.2.2). */
export function toggleFreeze(): void {
  const still = !records.held;
  freezeClock(still);
  records.hold(still);
  announce(still ? "Motion frozen. F8 lets it go on." : "Motion goes on.");
}

async function nextDuty(): Promise<void> {
  const duties = await readDuties();
  const duty = duties.find((one) => !one.paused && one.due !== null) ?? duties[0];
  if (duty === undefined) {
    announce("Nothing is owed by you.");
    return;
  }
  go(toDuty(duty.subject, duty.verbs[0] ?? null));
}

/** Registers them. */
export function useDeskKeys(route: Route, open: (what: Open) => void): void {
  const key = (keys: string, label: string, run: () => void) => ({ keys, label, scope: "Anywhere", run });
  const text = (by: number) => prefer({ text: preferences().text + by });
  const back = () => {
    if (route.at !== "board") location.hash = hrefOf({ at: "board" });
  };
  useKeys([
    key("mod+k", "Commands and search", () => open("palette")),
    key("c", "New incident", () => open("entry")),
    key("?", "List of keys", () => open("keys")),
    key("mod+z", "Take back what was just done", () => void undoLatest()),
    key("f8", "Freeze or thaw live motion", toggleFreeze),
    key("n", "Jump to my next duty", () => void nextDuty().catch(sayCaught)),
    key("g b,mod+1", "Board", () => go({ at: "board" })),
    key("g t,mod+2", "Triage", () => go({ at: "triage", signal: null })),
    key("g m,mod+3", "My work", () => go({ at: "duties" })),
    key("g a,mod+4", "Attention", () => go({ at: "attention" })),
    key("mod++,mod+=,mod+shift++", "Larger text", () => text(TEXT_STEP)),
    key("mod+-", "Smaller text", () => text(-TEXT_STEP)),
    key("mod+0", "Normal text", () => prefer({ text: 100 })),
    key("escape", "Back to the board", back),
  ]);
}
