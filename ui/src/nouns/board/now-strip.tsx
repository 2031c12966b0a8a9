// The Now-strip: the duties that press, worst first. It never scrolls; what does not fit is counted.
import type { DutyChip } from "../../bindings";
import { TimeChip } from "../../parts/time-chip";
import { hrefOf, toIncident } from "../../route";
import styles from "./now-strip.module.css";
import type { Pressing } from "./order";

const SHOWN_MAX = 5;

/** The strip. */
export function NowStrip({ pressing }: { pressing: readonly Pressing[] }) {
  const rest = pressing.length - SHOWN_MAX;
  return (
    <nav className={styles.strip} aria-label="Due now">
      <span className={styles.now}>Now</span>
      {pressing.length === 0 && <span className={styles.calm}>Nothing presses.</span>}
      {pressing.slice(0, SHOWN_MAX).map((one) => (
        <a
          key={`${one.duty.subject.id}-${one.duty.duty}`}
          className={styles.duty}
          href={addressOf(one.duty)}
          title={one.duty.why}
        >
          <TimeChip label={one.duty.label} deadline={one.duty} />
          <span className={styles.about}>
            {one.client} {one.label.replace(/^INC-/, "")}
          </span>
        </a>
      ))}
      {rest > 0 && (
        <span className={styles.rest} title={`${rest} more are at risk or worse`}>
          +{rest}
        </span>
      )}
    </nav>
  );
}

function addressOf(duty: DutyChip): string {
  if (duty.subject.on === "signal") return hrefOf({ at: "triage", signal: duty.subject.id });
  return hrefOf(toIncident(duty.subject.id, duty.verbs[0] ?? null));
}
