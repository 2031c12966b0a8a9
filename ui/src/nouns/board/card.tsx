// One incident on the board: the spine, what it is, the one next duty, who has it.
import { memo, useEffect, useRef } from "react";
import type { Card, DutyChip } from "../../bindings";
import { fullTime, useClock } from "../../parts/clock";
import { age, rankOf, TIME_STATE_NAMES } from "../../parts/countdown";
import { Icon, type IconName } from "../../parts/icon";
import type { Density } from "../../parts/preferences";
import { SeverityBadge } from "../../parts/severity-badge";
import { Spine, StateChip, useTimeState } from "../../parts/time-chip";
import { TimeShape } from "../../parts/time-shape";
import { useCard } from "../../records/hooks";
import { hrefOf, toIncident } from "../../route";
import styles from "./card.module.css";
import { carriable } from "./carried-picture";

interface Placed {
  readonly id: string;
  /** The one card of its column that Tab reaches. */
  readonly reachable: boolean;
  readonly density: Density;
  readonly onMenu: (id: string, anchor: HTMLElement) => void;
}

/** Drawn again when its own record changes, and only then. */
export const IncidentCard = memo(function IncidentCard({ id, reachable, density, onMenu }: Placed) {
  const card = useCard(id);
  const state = useTimeState(card?.duty ?? null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    return element === null ? undefined : carriable(element, id);
  }, [id]);
  if (card === undefined) return null;
  const part = (name: string) => `${id}-${name}`;
  return (
    <div
      ref={place}
      className={styles.card}
      data-card={id}
      data-density={density}
      data-major={card.major || undefined}
    >
      <Spine state={state} />
      <div className={styles.first}>
        <span id={part("severity")} className={styles.severity}>
          <SeverityBadge severity={card.severity} provisional={!card.severity_set} />
          {card.priority && <span className={styles.priority}>{card.priority}</span>}
        </span>
        <span id={part("client")} className={styles.client}>
          {card.client_name}
        </span>
        <span id={part("label")} className={styles.number}>
          {card.major && <Mark icon="major" words="Major incident" />}
          {card.label.replace(/^INC-/, "")}
        </span>
      </div>
      <a
        className={styles.title}
        href={hrefOf(toIncident(id))}
        draggable={false}
        tabIndex={reachable ? 0 : -1}
        id={part("title")}
        title={card.title}
        aria-labelledby={["label", "severity", "client", "title", "duty", "last"].map(part).join(" ")}
      >
        {card.title}
      </a>
      {density === "comfortable" && <div className={styles.services}>{card.services.join(", ")}</div>}
      <div id={part("duty")} className={styles.duty}>
        {card.duty && (
          <StateChip
            label={card.duty.label}
            deadline={card.duty}
            state={state}
            room={density === "line" ? "number" : "all"}
            title={whyOf(card)}
          />
        )}
      </div>
      <div className={styles.last}>
        <span id={part("last")} className={styles.lastWords}>
          <span className={styles.owner} data-none={card.assignee_name === null || undefined}>
            {card.assignee_name ?? "unassigned"}
          </span>
          {card.second && <Second duty={card.second} />}
          <Age since={card.column_since} />
          <Marks card={card} />
        </span>
        <button
          type="button"
          className={styles.menu}
          tabIndex={-1}
          aria-label={`Actions for ${card.label}`}
          onClick={(event) => onMenu(id, event.currentTarget)}
        ></button>
      </div>
    </div>
  );
});

function whyOf(card: Card): string {
  const { duty } = card;
  if (duty === null) return "";
  const due = duty.due_local === null ? "no time set" : `by ${fullTime(duty.due_local)}`;
  return `${duty.label}, ${due}. ${duty.why} (${duty.clause}) Owed by ${duty.owner}.`;
}

/** A second clock only where it is worse than watch: its shape, and its words for ear and tooltip. */
function Second({ duty }: { duty: DutyChip }) {
  const state = useTimeState(duty);
  if (rankOf(state) >= rankOf("watch")) return null;
  const words = `${duty.label}, ${TIME_STATE_NAMES[state]}`;
  return (
    <span className={styles.second} data-state={state} title={words}>
      <TimeShape state={state} />
      <span className="unseen">{words}</span>
    </span>
  );
}

function Age({ since }: { since: number }) {
  const text = useClock((now) => age(since, now));
  return (
    <span className={styles.age} title="In this column">
      {text}
    </span>
  );
}

/** More than these are only many. */
const TIMES_MAX = 99;

function Marks({ card }: { card: Card }) {
  return (
    <>
      {card.workaround && <Mark icon="bandage" words="Workaround in place" />}
      {card.recovery_seen && <Mark icon="restore" words="Its monitor says that it is over" />}
      {card.reopened > 0 && <Mark icon="undo" words={`Reopened ${card.reopened} times`} />}
      {card.repeats > 0 && (
        <span className={styles.count} title={`Its alert came again ${card.repeats} times`}>
          ×{card.repeats < TIMES_MAX ? card.repeats + 1 : `${TIMES_MAX}+`}
        </span>
      )}
      {card.pending !== "none" && <PendingMark pending={card.pending} />}
    </>
  );
}

function PendingMark({ pending }: { pending: Exclude<Card["pending"], "none"> }) {
  const words = { unsent: "unsent", sending: "sending", conflicting: "conflict" }[pending];
  return (
    <span className={styles.pending}>
      <Icon name="unsent" size={12} />
      {words}
    </span>
  );
}

function Mark({ icon, words }: { icon: IconName; words: string }) {
  return (
    <span className={styles.mark} title={words}>
      <Icon name={icon} size={12} />
      <span className="unseen">{words}</span>
    </span>
  );
}
