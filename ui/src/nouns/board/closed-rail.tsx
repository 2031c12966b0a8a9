// Closed incidents of the last day: a narrow rail, opened when it is wanted or when a card is carried.
import { type ReactNode, useState, useSyncExternalStore } from "react";
import type { Arrangement } from "./arrangement";
import styles from "./board.module.css";

interface Rail {
  readonly arrangement: Arrangement;
  readonly carrying: boolean;
  readonly children: ReactNode;
}

/** The rail, or the column that it opens into. */
export function ClosedRail({ arrangement, carrying, children }: Rail) {
  const [open, setOpen] = useState(false);
  const { total } = useSyncExternalStore(arrangement.subscribe, () => arrangement.lane("closed"));
  const shown = open || carrying;
  return (
    <div className={styles.closed} data-open={shown || undefined}>
      <button
        type="button"
        className={styles.closedToggle}
        aria-expanded={shown}
        onClick={() => setOpen(!open)}
      >
        Closed {total} today
      </button>
      {shown && children}
    </div>
  );
}
