// My work: every duty I owe, soonest first.
import type { DutyChip } from "../../bindings";
import { RECORD_DEEDS } from "../../commands/all";
import type { RecordDeed } from "../../commands/deed";
import { type Request, useAsk } from "../../doing/asking";
import { useKeys } from "../../keys/use-keys";
import { dayTime } from "../../parts/clock";
import { TimeChip } from "../../parts/time-chip";
import { useCard, useDuties, useOwed, useSignal } from "../../records/hooks";
import { hrefOf, toDuty } from "../../route";
import styles from "./my-work.module.css";

/** The list. */
export function MyWork() {
  const duties = useDuties();
  const owed = useOwed();
  const step = (by: 1 | -1) => {
    const rows = [...document.querySelectorAll<HTMLElement>("[data-duty]")];
    const at = rows.findIndex((row) => row.matches(":focus"));
    rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
  };
  useKeys([
    { keys: "j,arrowdown", label: "Next duty", scope: "My work", run: () => step(1) },
    { keys: "k,arrowup", label: "Previous duty", scope: "My work", run: () => step(-1) },
  ]);
  return (
    <section className={styles.work} aria-label="My work">
      <h1 className={styles.title}>
        My work <span className={styles.muted}>{owed}</span>
      </h1>
      {owed === 0 && (
        <p className={styles.muted}>You owe nothing. What is assigned to you, or to your role, comes here.</p>
      )}
      <ol className={styles.list}>
        {duties.map((duty) => (
          <li key={`${duty.subject.on}-${duty.subject.id}-${duty.duty}`}>
            <Row duty={duty} />
          </li>
        ))}
      </ol>
      {owed > duties.length && duties.length > 0 && (
        <p className={styles.muted}>{owed - duties.length} more come later than these.</p>
      )}
    </section>
  );
}

function Row({ duty }: { duty: DutyChip }) {
  const { subject } = duty;
  const ask = useAsk();
  const card = useCard(subject.id);
  const signal = useSignal(subject.id);
  const content = (
    <>
      <span className={styles.chip}>
        <TimeChip label={duty.label} deadline={duty} />
      </span>
      <span className={styles.what}>
        <b>{card?.label ?? signal?.source}</b> {card?.title ?? signal?.summary ?? duty.about}
        <span className={styles.muted}> {card?.client_name ?? signal?.client_name}</span>
      </span>
      <span className={styles.when}>{duty.due_local ? dayTime(duty.due_local) : "no time set"}</span>
    </>
  );
  const paying = RECORD_DEEDS.filter((deed) => deed.record === subject.on && duty.verbs.includes(deed.verb));
  if (duty.about !== null) {
    return (
      <div className={styles.row}>
        {content}
        <span className={styles.why}>{duty.why}</span>
        <span className={styles.deeds}>
          {paying.map((deed, place) => (
            <button
              key={deed.verb}
              type="button"
              className={styles.deed}
              data-duty={place === 0 ? duty.duty : undefined}
              onClick={() => ask(request(deed, duty))}
            >
              {deed.label}
            </button>
          ))}
        </span>
      </div>
    );
  }
  return (
    <a className={styles.row} href={hrefOf(toDuty(subject, duty.verbs[0] ?? null))} data-duty={duty.duty}>
      {content}
    </a>
  );
}

/** A deed that pays a duty on a record that stands on no board, with the record chosen already. */
function request(deed: RecordDeed, duty: DutyChip): Request {
  const given = { [deed.record]: duty.subject.id };
  return { about: { on: "desk" }, deeds: [deed], title: deed.label, of: duty.about ?? "", given };
}
