// The arrangement of a board on screen: told of every change, each column settled in batches of five seconds.
import { useCallback, useEffect, useRef, useState } from "react";
import type { Column } from "../../bindings";
import { instant } from "../../parts/clock";
import { useTopic } from "../../records/hooks";
import { records } from "../../records/records";
import { Arrangement } from "./arrangement";

const SETTLE_MS = 5000;
/** The columns of the lifecycle: their turns are spread over that time. */
const TURNS = 7;

/** The arrangement, and how a hand holds a column still. */
export function useArrangement(carrying: boolean) {
  const [arrangement] = useState(() => new Arrangement(records, instant));
  const frozen = useTopic("held", () => records.held);
  const hands = useRef(new Map<Column, Set<string>>());
  const still = useRef(false);
  still.current = frozen || carrying;

  useEffect(() => records.watch((changed) => arrangement.take(changed)), [arrangement]);
  useEffect(() => {
    const timer = setInterval(() => {
      const all = records.columns.map((head) => head.column);
      const held = [...hands.current].filter(([, by]) => by.size > 0).map(([column]) => column);
      arrangement.settleNext(new Set(still.current ? all : held));
    }, SETTLE_MS / TURNS);
    return () => clearInterval(timer);
  }, [arrangement]);

  const hold = useCallback((column: Column, by: "pointer" | "focus", held: boolean) => {
    const now = hands.current.get(column) ?? new Set();
    if (held) now.add(by);
    else now.delete(by);
    hands.current.set(column, now);
  }, []);
  return { arrangement, hold, frozen };
}
