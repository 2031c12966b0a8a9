// What happened, newest first, under the day on which it happened; a filter by kind, and a mark on what the server has not got yet.
import { Fragment, useState } from "react";
import type { LineKind, TimelineLine } from "../../bindings";
import { dayOf, fullTime, shortTime, timeBeside } from "../../parts/clock";
import styles from "./timeline.module.css";

const KINDS: readonly [LineKind, string][] = [
  ["note", "Notes"],
  ["work", "Work"],
  ["client", "Client"],
  ["state", "State"],
  ["alert", "Alerts"],
  ["breach", "Breaches"],
  ["escalation", "Escalations"],
];

/** The timeline. */
export function Timeline({ lines, complete }: { lines: readonly TimelineLine[]; complete: boolean }) {
  const [kind, setKind] = useState<LineKind | null>(null);
  const there = KINDS.filter(([one]) => lines.some((line) => line.kind === one));
  const shown = kind === null ? lines : lines.filter((line) => line.kind === kind);
  return (
    <section className={styles.timeline} aria-label="Timeline">
      <header className={styles.head}>
        <h2>Timeline</h2>
        <fieldset className={styles.filters} aria-label="Kinds">
          <Filter name="All" on={kind === null} onPress={() => setKind(null)} />
          {there.map(([one, name]) => (
            <Filter key={one} name={name} on={kind === one} onPress={() => setKind(one)} />
          ))}
        </fieldset>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys */}
      <ol className={styles.lines} data-place="timeline" tabIndex={0} aria-label="Lines, newest first">
        {shown.map((line, place) => (
          <Fragment key={line.id}>
            <Day line={line} above={shown[place - 1]} />
            <Line line={line} />
          </Fragment>
        ))}
        {!complete && <li className={styles.more}>Older lines are still on their way.</li>}
      </ol>
    </section>
  );
}

function Filter({ name, on, onPress }: { name: string; on: boolean; onPress: () => void }) {
  return (
    <button type="button" className={styles.filter} aria-pressed={on} onClick={onPress}>
      {name}
    </button>
  );
}

/** The day of a line, where the line above is of another. */
function Day({ line, above }: { line: TimelineLine; above: TimelineLine | undefined }) {
  const day = dayOf(line.at);
  return above !== undefined && dayOf(above.at) === day ? null : <li className={styles.day}>{day}</li>;
}

function Line({ line }: { line: TimelineLine }) {
  const received = line.received === null ? "" : `, reached the server ${fullTime(line.received)}`;
  return (
    <li className={styles.line} data-kind={line.kind}>
      <time className={styles.at} title={`${fullTime(line.at)}${received}`}>
        {shortTime(line.at)}
      </time>
      <span className={styles.who}>{line.who}</span>
      <div className={styles.said}>
        <p className={styles.title}>
          {line.title}
          {line.unsent && <span className={styles.unsent}>unsent</span>}
          {line.received && <span className={styles.late}>late: {timeBeside(line.received, line.at)}</span>}
        </p>
        {line.text && <p className={styles.text}>{line.text}</p>}
      </div>
    </li>
  );
}
