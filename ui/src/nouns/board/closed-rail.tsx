// Closed incidents of the last day: a narrow rail, opened when it is wanted or when a card is carried.
import { type ReactNode, useSyncExternalStore } from "react";
import type { Arrangement } from "./arrangement";
import styles from "./board.module.css";

interface Rail {
  readonly arrangement: Arrangement;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly carrying: boolean;
  readonly children: ReactNode;
}

/** The rail, or the column that it opens into. */
export function ClosedRail({ arrangement, open, onOpen, carrying, children }: Rail) {
  const { total } = useSyncExternalStore(arrangement.subscribe, () => arrangement.lane("closed"));
  const shown = open || carrying;
  return (
    <div className={styles.closed} data-open={shown || undefined}>
      <button
        type="button"
        className={styles.closedToggle}
        aria-expanded={shown}
        onClick={() => onOpen(!open)}
      >
        Closed {total} today
      </button>
      {shown && children}
    </div>
  );
}
