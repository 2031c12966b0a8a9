// Closed incidents of the last day: a narrow rail that takes a card as any column does, and opens when wanted.
import { dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { Arrangement } from "./arrangement";
import styles from "./board.module.css";
import type { Welcome } from "./column";

interface Rail {
  readonly arrangement: Arrangement;
  readonly welcome: Welcome | null;
  /** Whether the carried card stands over it, by keys. */
  readonly over: boolean;
  readonly children: ReactNode;
}

/** The rail, or the column that it opens into. */
export function ClosedRail({ arrangement, welcome, over, children }: Rail) {
  const { total } = useSyncExternalStore(arrangement.subscribe, () => arrangement.lane("closed"));
  const [open, setOpen] = useState(false);
  const [hovered, setHovered] = useState(false);
  const rail = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = rail.current;
    if (element === null || open) return;
    return dropTargetForElements({
      element,
      getData: () => ({ column: "closed" }),
      onDragEnter: () => setHovered(true),
      onDragLeave: () => setHovered(false),
      onDrop: () => setHovered(false),
    });
  }, [open]);
  const words = welcome === null || welcome.kind === "here" ? "" : ` · ${welcome.words}`;
  return (
    <div
      ref={rail}
      className={styles.closed}
      data-open={open || undefined}
      data-welcome={welcome?.kind}
      data-over={over || hovered || undefined}
    >
      <button
        type="button"
        className={styles.closedToggle}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.closedWords}>
          Closed {total} today{words}
        </span>
      </button>
      {open && children}
    </div>
  );
}
