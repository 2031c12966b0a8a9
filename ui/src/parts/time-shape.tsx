// The six shapes of time and the check of a kept promise: recognisable in one colour at 12 px.
import { TIME_STATE_NAMES, type TimeState } from "./countdown";

const SHAPES: Readonly<Record<TimeState | "met", React.ReactNode>> = {
  on_track: <circle cx="6" cy="6" r="4.25" fill="none" />,
  watch: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" />
      <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5z" fill="currentColor" stroke="none" />
    </>
  ),
  at_risk: <path d="M6 1.25 11 10.5H1z" fill="none" strokeLinejoin="round" />,
  imminent: <path d="M6 .75 11.25 6 6 11.25.75 6z" fill="currentColor" stroke="none" />,
  overdue: (
    <>
      <rect x="1.25" y="1.25" width="9.5" height="9.5" fill="none" />
      <path d="m3.5 3.5 5 5M8.5 3.5l-5 5" />
    </>
  ),
  paused: <path d="M3.75 2v8M8.25 2v8" strokeWidth={2.25} />,
  met: <path d="m1.75 6.5 3 3 5.5-6.5" fill="none" />,
};

/** The shape of a state, with the state as its name. */
export function TimeShape({ state }: { state: TimeState | "met" }) {
  return (
    <svg
      role="img"
      aria-label={state === "met" ? "met" : TIME_STATE_NAMES[state]}
      width="0.75rem"
      height="0.75rem"
      viewBox="0 0 12 12"
      stroke="currentColor"
      strokeWidth={1.5}
      fill="none"
    >
      {SHAPES[state]}
    </svg>
  );
}
