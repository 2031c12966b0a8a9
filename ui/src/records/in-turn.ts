// Signals as triage takes them up: by the turn that the desk gave each, and of one turn the oldest first.
import type { SignalCard } from "../bindings";

/** The signals in that order. */
export function inTurn(signals: Iterable<SignalCard>): SignalCard[] {
  return [...signals].sort(
    (a, b) => a.turn - b.turn || a.identified_at - b.identified_at || (a.id < b.id ? -1 : 1),
  );
}
