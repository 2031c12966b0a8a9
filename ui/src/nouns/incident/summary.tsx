// The left pane: what it is, what is owed next, and every deed with its key or its reason.
import type { DutyChip, IncidentView, Offer, Refusal, Verb } from "../../bindings";
import { incidentDeed } from "../../commands/all";
import { requestException } from "../../commands/request-exception";
import { useAsk } from "../../doing/asking";
import { offeredOf } from "../../doing/begin";
import { afterRefusal, isExceptable } from "../../doing/exception";
import { Button } from "../../parts/button";
import { dayTime } from "../../parts/clock";
import { SeverityBadge } from "../../parts/severity-badge";
import { TimeChip } from "../../parts/time-chip";
import styles from "./incident-page.module.css";

interface Shown {
  readonly view: IncidentView;
  readonly onDeed: (verb: Verb) => void;
}

/** The pane. */
export function Summary({ view, onDeed }: Shown) {
  const { card } = view;
  const ask = useAsk();
  const except = (refusal: Refusal) =>
    ask(afterRefusal(refusal, { on: "incident", view }, `${card.label} ${card.title}`));
  return (
    <section className={styles.summary} aria-label="Summary">
      <header className={styles.title}>
        <p className={styles.badges}>
          <SeverityBadge severity={card.severity} provisional={!card.severity_set} />
          {card.priority && <b>{card.priority}</b>}
          <span>{card.label}</span>
          {card.major && <b>Major</b>}
          {card.pending !== "none" && <span className={styles.unsent}>{card.pending}</span>}
        </p>
        <h1>{card.title}</h1>
        <p className={styles.muted}>
          {card.client_name} · {view.phase}
        </p>
      </header>
      <Owed duties={view.duties} offers={view.offers} onDeed={onDeed} />
      <Facts view={view} />
      <Offers offers={view.offers} onDeed={onDeed} onExcept={except} />
    </section>
  );
}

interface Owing {
  readonly duties: readonly DutyChip[];
  readonly offers: readonly Offer[];
  readonly onDeed: (verb: Verb) => void;
}

function Owed({ duties, offers, onDeed }: Owing) {
  if (duties.length === 0) return <p className={styles.muted}>Nothing is owed.</p>;
  return (
    <ol className={styles.duties} aria-label="Duties">
      {duties.map((duty, index) => (
        <li key={duty.duty} className={styles.duty}>
          <span className={styles.when}>{index === 0 ? "Next" : "Then"}</span>
          <div>
            <TimeChip label={duty.label} deadline={duty} title={duty.why} />
            <p className={styles.muted}>
              {duty.owner}
              {duty.due_local && ` · by ${dayTime(duty.due_local)}`}
            </p>
            <p className={styles.muted}>
              {duty.why} {duty.clause}
            </p>
            {index === 0 && <DutyButtons verbs={duty.verbs} offers={offers} onDeed={onDeed} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

interface Paying {
  readonly verbs: readonly Verb[];
  readonly offers: readonly Offer[];
  readonly onDeed: (verb: Verb) => void;
}

/** The deeds that pay a duty; the first that may be done stands out, and one that is refused says why when pressed. */
function DutyButtons({ verbs, offers, onDeed }: Paying) {
  const first = offeredOf(verbs, offers);
  return (
    <p className={styles.buttons}>
      {verbs.map((verb) => {
        const deed = incidentDeed(verb);
        if (deed === undefined) return null;
        return (
          <Button
            key={verb}
            kind={verb === first ? "primary" : "plain"}
            label={deed.label}
            onPress={() => onDeed(verb)}
          />
        );
      })}
    </p>
  );
}

/** What may be done first, then what may not, each saying why. */
function Offers({
  offers,
  onDeed,
  onExcept,
}: {
  offers: readonly Offer[];
  onDeed: (verb: Verb) => void;
  onExcept: (refusal: Refusal) => void;
}) {
  const open = offers.filter((offer) => offer.refusal === null);
  const shut = offers.filter((offer) => offer.refusal !== null);
  return (
    <section className={styles.offers} aria-label="Deeds">
      <div className={styles.grid}>
        {open.map((offer) => (
          <OneOffer key={offer.verb} offer={offer} onDeed={onDeed} />
        ))}
      </div>
      {shut.length > 0 && (
        <details className={styles.shut}>
          <summary>Not now: {shut.length}</summary>
          <ul>
            {shut.map((offer) => (
              <Shut key={offer.verb} offer={offer} onExcept={onExcept} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Shut({ offer, onExcept }: { offer: Offer; onExcept: (refusal: Refusal) => void }) {
  const { label, refusal } = offer;
  return (
    <li>
      <b>{label}</b>
      <span className={styles.muted}>
        {refusal?.what} {refusal?.clause}. {refusal?.instead}
      </span>
      {isExceptable(refusal) && (
        <Button
          kind="quiet"
          icon={requestException.icon}
          label={requestException.label}
          onPress={() => onExcept(refusal)}
        />
      )}
    </li>
  );
}

function OneOffer({ offer, onDeed }: { offer: Offer; onDeed: (verb: Verb) => void }) {
  const deed = incidentDeed(offer.verb);
  if (deed === undefined) return null;
  const reason = offer.refusal === null ? undefined : `${offer.refusal.what} (${offer.refusal.clause})`;
  return (
    <Button
      kind="quiet"
      icon={deed.icon}
      label={offer.label}
      keys={deed.keys ?? undefined}
      reason={reason}
      onPress={() => onDeed(offer.verb)}
    />
  );
}

function Facts({ view }: { view: IncidentView }) {
  const rows: readonly [string, string | null][] = [
    ["Services", view.card.services.join(", ")],
    ["Category", view.category_name],
    ["Urgency", view.urgency],
    ["Assigned to", view.card.assignee_name],
    ["Agreement", view.agreement],
    ["Source", view.source],
    ["Reported", `${view.reporter}, ${dayTime(view.reported_local)}`],
    ["Logged", `${view.logged_by}, ${dayTime(view.logged_local)}`],
  ];
  return (
    <section aria-label="Entry">
      <p className={styles.symptoms}>{view.symptoms}</p>
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? "not set"}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
