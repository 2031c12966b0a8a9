// Major incidents, pinned above the columns, the longest overdue first: which one, for how long, what is owed next.
import { memo } from "react";
import type { IncidentId } from "../../bindings";
import { useClock } from "../../parts/clock";
import { age } from "../../parts/countdown";
import { Icon } from "../../parts/icon";
import { TimeChip } from "../../parts/time-chip";
import { useCard } from "../../records/hooks";
import { hrefOf, toIncident } from "../../route";
import styles from "./now-strip.module.css";

const SHOWN_MAX = 2;

/** One row each; more than two are counted. */
export const MajorRows = memo(function MajorRows({ majors }: { majors: readonly IncidentId[] }) {
  const rest = majors.length - SHOWN_MAX;
  return (
    <>
      {majors.slice(0, SHOWN_MAX).map((id) => (
        <MajorRow key={id} id={id} />
      ))}
      {rest > 0 && (
        <p className={styles.major}>
          {rest === 1 ? "One more major incident" : `${rest} more major incidents`}: filter by “major”.
        </p>
      )}
    </>
  );
});

function MajorRow({ id }: { id: IncidentId }) {
  const card = useCard(id);
  const since = useClock((now) => (card === undefined ? "" : age(card.column_since, now)));
  if (card === undefined) return null;
  return (
    <a className={styles.major} href={hrefOf(toIncident(id))}>
      <Icon name="major" />
      <b>Major {card.label}</b>
      <span className={styles.about}>
        {card.client_name}: {card.title}
      </span>
      <span className={styles.since}>{since} in this column</span>
      <span className={styles.since}>{card.assignee_name ?? "unassigned"}</span>
      {card.duty && <TimeChip label={card.duty.label} deadline={card.duty} />}
    </a>
  );
}
