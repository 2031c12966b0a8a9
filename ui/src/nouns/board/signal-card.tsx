// One signal in the first column: seen, not yet logged.
import { memo } from "react";
import { useClock } from "../../parts/clock";
import { age } from "../../parts/countdown";
import type { Density } from "../../parts/preferences";
import { Spine, StateChip, useTimeState } from "../../parts/time-chip";
import { useSignal } from "../../records/hooks";
import { hrefOf } from "../../route";
import styles from "./card.module.css";

const SOURCES = {
  monitoring: "Monitor",
  phone: "Phone",
  email: "E-mail",
  portal: "Portal",
  staff: "Staff",
} as const;

interface Placed {
  readonly id: string;
  readonly reachable: boolean;
  readonly density: Density;
  readonly onMenu: (id: string, anchor: HTMLElement) => void;
}

/** Drawn again when its own record changes, and only then. */
export const SignalInColumn = memo(function SignalInColumn({ id, reachable, density, onMenu }: Placed) {
  const signal = useSignal(id);
  const state = useTimeState(signal?.duty ?? null);
  const old = useClock((now) => (signal === undefined ? "" : age(signal.identified_at, now)));
  if (signal === undefined) return null;
  return (
    <div className={styles.card} data-signal={id} data-density={density}>
      <Spine state={state} />
      <div className={styles.first}>
        <span className={styles.client}>
          {SOURCES[signal.source]}: {signal.reporter}
        </span>
        <span className={styles.number}>{old}</span>
      </div>
      <a
        className={styles.title}
        href={hrefOf({ at: "triage", signal: id })}
        tabIndex={reachable ? 0 : -1}
        title={signal.summary}
        draggable={false}
      >
        {signal.summary}
      </a>
      {density === "comfortable" && <div className={styles.services}>{signal.details}</div>}
      <div className={styles.duty}>
        {signal.duty && (
          <StateChip
            label={signal.duty.label}
            deadline={signal.duty}
            state={state}
            room={density === "line" ? "number" : "all"}
            title={signal.duty.why}
          />
        )}
      </div>
      <div className={styles.last}>
        <span className={styles.lastWords}>
          <span className={styles.owner} data-none={signal.client_name === null || undefined}>
            {signal.client_name ?? "client unknown"}
          </span>
          {signal.repeats > 0 && <span className={styles.count}>×{signal.repeats + 1}</span>}
          {signal.recovery_seen && <span className={styles.count}>recovered</span>}
          {signal.pending !== "none" && <span className={styles.pending}>unsent</span>}
        </span>
        <button
          type="button"
          className={styles.menu}
          tabIndex={-1}
          aria-label={`Actions for ${signal.summary}`}
          onClick={(event) => onMenu(id, event.currentTarget)}
        ></button>
      </div>
    </div>
  );
});
