// Triage: what was seen and not yet logged. Left the list, right the form that logs it.
import { useEffect, useRef, useState } from "react";
import type { SignalCard, Verb } from "../../bindings";
import { SIGNAL_DEEDS } from "../../commands/all";
import type { SignalDeed } from "../../commands/deed";
import { refusalOf } from "../../doing/begin";
import { sayRefusal } from "../../doing/run";
import { useKeys } from "../../keys/use-keys";
import { useClock } from "../../parts/clock";
import { age } from "../../parts/countdown";
import { Keys, KeysInText } from "../../parts/keys";
import { TimeChip } from "../../parts/time-chip";
import { useTopic } from "../../records/hooks";
import { inTurn } from "../../records/in-turn";
import { records } from "../../records/records";
import { go, hrefOf } from "../../route";
import { SignalForm } from "./signal-form";
import styles from "./triage.module.css";

let sorted: { of: number; list: readonly SignalCard[] } = { of: -1, list: [] };
let version = 0;
records.watch((changed) => {
  if (changed.signals.length > 0) version += 1;
});

/** Signals in turn; the same list until one of them changes. */
function signals(): readonly SignalCard[] {
  if (sorted.of !== version) sorted = { of: version, list: inTurn(records.signals.values()) };
  return sorted.list;
}

/** The page; `signal` is the one whose form is open. */
export function Triage({ signal }: { signal: string | null }) {
  const list = useTopic("board", signals);
  const at = list.findIndex((one) => one.id === signal);
  const here = list[at] ?? list[0];
  const [asked, setAsked] = useState<{ verb: Verb; count: number }>({ verb: "accept_signal", count: 0 });
  const listed = useRef<HTMLUListElement>(null);
  const step = (by: 1 | -1) => {
    const next = list[Math.min(list.length - 1, Math.max(0, Math.max(0, at) + by))];
    if (next === undefined) return;
    go({ at: "triage", signal: next.id });
    listed.current?.querySelector<HTMLElement>(`[data-signal="${next.id}"]`)?.focus();
  };
  const choose = (verb: Verb) => {
    const refusal = here === undefined ? null : refusalOf(here, verb);
    if (refusal !== null) sayRefusal(refusal);
    else setAsked((now) => ({ verb, count: now.count + 1 }));
  };
  useKeys([
    { keys: "j,arrowdown", label: "Next signal", scope: "Triage", run: () => step(1) },
    { keys: "k,arrowup", label: "Previous signal", scope: "Triage", run: () => step(-1) },
    ...SIGNAL_DEEDS.map((deed) => ({
      keys: deed.keys ?? "",
      label: deed.label,
      scope: "Triage",
      run: () => choose(deed.verb),
    })),
  ]);
  const deed = SIGNAL_DEEDS.find((one) => one.verb === asked.verb) ?? SIGNAL_DEEDS[0];
  return (
    <div className={styles.triage}>
      <section className={styles.left} aria-label="Signals">
        <Head list={list} />
        <ul ref={listed} className={styles.list}>
          {list.map((one) => (
            <Row key={one.id} signal={one} here={one.id === here?.id} />
          ))}
        </ul>
      </section>
      {here === undefined || deed === undefined ? (
        <Empty />
      ) : (
        <section className={styles.right} aria-label={here.summary}>
          <Choose signal={here} now={deed} onChoose={choose} />
          <SignalForm
            key={`${here.id} ${deed.verb}`}
            signal={here}
            deed={deed}
            refusal={refusalOf(here, deed.verb)}
            focus={asked.count}
            onDone={() => setAsked({ verb: "accept_signal", count: 0 })}
          />
        </section>
      )}
    </div>
  );
}

function Head({ list }: { list: readonly SignalCard[] }) {
  const oldest = list[0];
  const old = useClock((now) => (oldest === undefined ? "" : age(oldest.identified_at, now)));
  return (
    <header className={styles.head}>
      <h1>
        Triage <span className={styles.muted}>{list.length}</span>
      </h1>
      {oldest && <p className={styles.muted}>oldest {old}</p>}
    </header>
  );
}

function Row({ signal, here }: { signal: SignalCard; here: boolean }) {
  const row = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (here) row.current?.scrollIntoView({ block: "nearest" });
  }, [here]);
  const old = useClock((now) => age(signal.identified_at, now));
  return (
    <li>
      <a
        ref={row}
        className={styles.row}
        href={hrefOf({ at: "triage", signal: signal.id })}
        aria-current={here || undefined}
        data-signal={signal.id}
      >
        <span className={styles.first}>
          <b>{signal.summary}</b>
          <span className={styles.age}>{old}</span>
        </span>
        <span className={styles.second}>
          {signal.duty && <TimeChip label={signal.duty.label} deadline={signal.duty} />}
          <span className={styles.muted}>
            {signal.reporter} · {signal.client_name ?? "client unknown"}
          </span>
          {signal.repeats > 0 && <span className={styles.muted}>×{signal.repeats + 1}</span>}
          {signal.recovery_seen && <span className={styles.muted}>recovered</span>}
        </span>
      </a>
    </li>
  );
}

interface Choice {
  readonly signal: SignalCard;
  readonly now: SignalDeed;
  readonly onChoose: (verb: Verb) => void;
}

function Choose({ signal, now, onChoose }: Choice) {
  return (
    <fieldset className={styles.choose} aria-label="What is it?">
      {SIGNAL_DEEDS.map((deed) => {
        const refusal = refusalOf(signal, deed.verb);
        const why = `${signal.id}-${deed.verb}-why`;
        return (
          <button
            key={deed.verb}
            type="button"
            aria-pressed={deed.verb === now.verb}
            aria-disabled={refusal !== null || undefined}
            aria-describedby={refusal === null ? undefined : why}
            title={refusal?.what}
            onClick={() => onChoose(deed.verb)}
          >
            {deed.label} {deed.keys && <Keys keys={deed.keys} />}
            {refusal !== null && (
              <span id={why} className="unseen">
                {refusal.what}
              </span>
            )}
          </button>
        );
      })}
    </fieldset>
  );
}

function Empty() {
  return (
    <p className={styles.empty}>
      Nothing waits. Alerts, reports and calls appear here before they are logged. <KeysInText keys="c" />{" "}
      logs a call.
    </p>
  );
}
