// The Now-strip: what presses, worst first, one place an incident. It never scrolls; what does not fit is counted.
import { memo, useLayoutEffect, useRef, useState } from "react";
import { TimeChip } from "../../parts/time-chip";
import { hrefOf, toDuty } from "../../route";
import styles from "./now-strip.module.css";
import type { Pressed, Pressing } from "./order";
import { rem } from "./sizes";

/** Room for the heading and the count, and what a duty takes beside its letters. */
const ENDS_REM = 8;
const AROUND_REM = 5.5;
const LETTER_REM = 0.42;
/** What the count of its other duties takes. */
const OTHERS_REM = 1.5;

/** The strip: drawn again when what presses changes. */
export const NowStrip = memo(function NowStrip({ pressing }: { pressing: Pressed }) {
  const strip = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = strip.current;
    if (element === null) return;
    const measure = () => setWidth(element.clientWidth / rem(100));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const shown = fitting(pressing.worst, width - ENDS_REM);
  const rest = pressing.count - shown.length;
  return (
    <nav ref={strip} className={styles.strip} aria-label="Due now">
      <span className={styles.now}>Now</span>
      {pressing.count === 0 && <span className={styles.calm}>Nothing presses.</span>}
      {shown.map((one) => (
        <a
          key={`${one.duty.subject.id}-${one.duty.duty}`}
          className={styles.duty}
          href={hrefOf(toDuty(one.duty.subject, one.duty.verbs[0] ?? null))}
          title={one.duty.why}
        >
          <TimeChip label={one.duty.label} deadline={one.duty} />
          <span className={styles.about}>{aboutOf(one)}</span>
          {one.others > 0 && (
            <span className={styles.others} title={`${one.others} more of its duties press`}>
              +{one.others}
            </span>
          )}
        </a>
      ))}
      {rest > 0 && (
        <span
          className={styles.rest}
          title={`${rest} more incidents and signals have duties at risk or worse`}
        >
          +{rest}
        </span>
      )}
    </nav>
  );
});

function aboutOf(one: Pressing): string {
  return `${one.client} ${one.label.replace(/^INC-/, "")}`;
}

/** As many, worst first, as a width in rem takes; one at least. */
function fitting(pressing: readonly Pressing[], width: number): readonly Pressing[] {
  let left = width;
  let count = 0;
  for (const one of pressing) {
    left -= AROUND_REM + (one.duty.label.length + aboutOf(one).length) * LETTER_REM;
    if (one.others > 0) left -= OTHERS_REM;
    if (left < 0 && count > 0) break;
    count += 1;
  }
  return pressing.slice(0, count);
}
