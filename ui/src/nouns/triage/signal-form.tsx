// The form of one signal: prefilled from what is known, likely duplicates beside it.
import { useEffect, useRef } from "react";
import type { Refusal, SignalCard } from "../../bindings";
import type { SignalDeed } from "../../commands/deed";
import { pressed } from "../../doing/asking";
import { Questions } from "../../doing/questions";
import { sayRefusal } from "../../doing/run";
import { useForm } from "../../doing/use-form";
import { Button } from "../../parts/button";
import { dayTime } from "../../parts/clock";
import { focusFirstGap } from "../../parts/fields";
import { Refused, saidAtField } from "../../parts/refusal";
import { useCard } from "../../records/hooks";
import { hrefOf, toIncident } from "../../route";
import styles from "./triage.module.css";

/** More than these are no hint any more. */
const CANDIDATES_MAX = 3;

interface Formed {
  readonly signal: SignalCard;
  readonly deed: SignalDeed;
  /** Why it may not be done; nothing where it may. */
  readonly refusal: Refusal | null;
  /** Raised by one whenever a key asks for the form; the first empty field gets the focus. */
  readonly focus: number;
  readonly onDone: () => void;
}

/** The form. */
export function SignalForm({ signal, deed, refusal, focus, onDone }: Formed) {
  const subject = { on: "signal", signal } as const;
  const form = useForm({ on: "signal", id: signal.id }, subject, [deed]);
  const place = useRef<HTMLDivElement>(null);
  const shown = form.ready && form.ground !== undefined;
  useEffect(() => {
    if (shown && focus > 0) focusFirstGap(place.current);
  }, [shown, focus]);
  const commit = async () => {
    if (refusal !== null) sayRefusal(refusal);
    else if (await form.commit(subject, signal.summary)) onDone();
    else focusFirstGap(place.current);
  };
  const leave = () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  return (
    <div className={styles.form}>
      <Known signal={signal} />
      <div
        ref={place}
        role="presentation"
        className={styles.questions}
        onKeyDownCapture={(event) => pressed(event, commit, leave)}
      >
        {shown && <Questions deed={deed} subject={subject} form={form} />}
      </div>
      {form.trouble && !saidAtField(form.trouble) && <Refused error={form.trouble.error} />}
      <p className={styles.foot}>
        <Button kind="primary" label={deed.label} keys="enter" reason={refusal?.what} onPress={commit} />
        <span className={styles.muted}>
          {refusal === null
            ? "Shift+Enter begins a new line. What you type is kept."
            : `${refusal.what} (${refusal.clause}). ${refusal.instead}`}
        </span>
      </p>
    </div>
  );
}

function Known({ signal }: { signal: SignalCard }) {
  return (
    <header className={styles.known}>
      <h2>{signal.summary}</h2>
      <p className={styles.muted}>
        {signal.source} · {signal.reporter}
        {signal.reported_local && ` · ${dayTime(signal.reported_local)}`}
        {signal.link && (
          <>
            {" · "}
            <span title="The monitor's own page">{signal.link}</span>
          </>
        )}
      </p>
      {signal.candidates.length > 0 && (
        <section className={styles.like} aria-label="Open incidents of the same client">
          <p className={styles.muted}>Open for this client:</p>
          <ul>
            {signal.candidates.slice(0, CANDIDATES_MAX).map((id) => (
              <Candidate key={id} id={id} />
            ))}
          </ul>
          {signal.candidates.length > CANDIDATES_MAX && (
            <p className={styles.muted}>
              and {signal.candidates.length - CANDIDATES_MAX} more; 2 lists them all
            </p>
          )}
        </section>
      )}
    </header>
  );
}

function Candidate({ id }: { id: string }) {
  const card = useCard(id);
  if (card === undefined) return null;
  return (
    <li>
      <a href={hrefOf(toIncident(id))}>
        {card.label} {card.title}
      </a>
    </li>
  );
}
