// A duty in time: shape, words and number; colour comes last.
import { useClock } from "./clock";
import { countdown, type Deadline, stateAt, type TimeState } from "./countdown";
import { reducedMotion } from "./preferences";
import styles from "./time-chip.module.css";
import { TimeShape } from "./time-shape";

const CALM_STEP_SECONDS = 15;

interface Shown {
  readonly label: string;
  readonly deadline: Deadline;
  readonly title?: string;
  /** How much of it there is room for; what is left out is read and in the tooltip. */
  readonly room?: "all" | "number";
}

/** Shape, label and countdown, redrawn only when one of them changes. */
export function TimeChip(shown: Shown) {
  return <StateChip {...shown} state={useTimeState(shown.deadline)} />;
}

/** The same where the state is known already. */
export function StateChip({ label, deadline, title, room = "all", state }: Shown & { state: TimeState }) {
  return (
    <span className={styles.chip} data-state={state} data-room={room} title={title ?? label}>
      <TimeShape state={state} />
      <span className={room === "all" ? styles.label : "unseen"}>{label}</span>
      <Left deadline={deadline} />
    </span>
  );
}

/** The state now; nothing owed is on track. */
export function useTimeState(deadline: Deadline | null): TimeState {
  return useClock((now) => (deadline === null ? "on_track" : stateAt(deadline, now)));
}

function Left({ deadline }: { deadline: Deadline }) {
  const { due, paused } = deadline;
  const text = useClock((now) => {
    if (due === null || paused) return "";
    return countdown(due, now, reducedMotion() ? CALM_STEP_SECONDS : 1);
  });
  return text === "" ? null : <span className={styles.left}>{text}</span>;
}

/** The 4-px edge of a card: its dash says the state without colour. */
export function Spine({ state }: { state: TimeState }) {
  return <span className={styles.spine} data-state={state} aria-hidden="true" />;
}
