// One incident in full: what it is and owes on the left, what happened in the middle, its clocks on the right.
import { useEffect, useRef } from "react";
import type { DoorError, IncidentView, Verb } from "../../bindings";
import { INCIDENT_DEEDS } from "../../commands/all";
import { useAsk } from "../../doing/asking";
import { askDeed, offeredOf } from "../../doing/begin";
import { KeepKeys, type PressedAhead, PressKept } from "../../keys/pressed-ahead";
import { useKeys } from "../../keys/use-keys";
import { Loading } from "../../parts/loading";
import { Refused } from "../../parts/refusal";
import { useIncident } from "../../records/hooks";
import { go, hrefOf, toIncident } from "../../route";
import { Clocks } from "./clocks";
import { Composer } from "./composer";
import styles from "./incident-page.module.css";
import { Summary } from "./summary";
import { Timeline } from "./timeline";

/** The page; `doing` opens the form of a deed, or of what its duty or the next one asks and this person may do. */
export function IncidentPage({ id, doing }: { id: string; doing: string | null }) {
  const { view, error } = useIncident(id);
  const pressed = useRef<KeyboardEvent[]>([]);
  if (view === undefined) return <Missing error={error} pressed={pressed} />;
  return (
    <>
      <Whole view={view} doing={doing} />
      <PressKept pressed={pressed} />
    </>
  );
}

function Missing({ error, pressed }: { error: DoorError | undefined; pressed: PressedAhead }) {
  return (
    <div className={styles.missing}>
      {error === undefined ? (
        <>
          <KeepKeys pressed={pressed} />
          <Loading what="Incident" />
        </>
      ) : (
        <Refused error={error} />
      )}
      <a className={styles.back} href={hrefOf({ at: "board" })}>
        Back to the board
      </a>
    </div>
  );
}

function Whole({ view, doing }: { view: IncidentView; doing: string | null }) {
  const ask = useAsk();
  const { id, label, title } = view.card;
  const begin = (verb: Verb) => askDeed(ask, view, verb);
  useIncidentKeys(begin);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address asks once; a changed record is no new wish
  useEffect(() => {
    if (doing === null) return;
    const wanted = wantedOf(doing, view);
    if (wanted !== undefined) begin(wanted);
    go(toIncident(id));
  }, [doing]);
  return (
    <article className={styles.page} aria-label={`${label} ${title}`}>
      <Summary view={view} onDeed={begin} />
      <div className={styles.middle}>
        <Timeline lines={view.timeline} complete={view.timeline_complete} />
        <Composer id={id} label={label} onDeed={begin} />
      </div>
      <Clocks view={view} />
    </article>
  );
}

/**
 * The deed that an address asks for. A duty may ask for several, of which this person may do one that is not the
 * first; where there is none, the first says why. Of a duty that is another role's nothing is said unasked.
 */
function wantedOf(doing: string, { duties, offers }: IncidentView): Verb | undefined {
  const named = INCIDENT_DEEDS.find((deed) => deed.verb === doing)?.verb;
  if (named !== undefined) {
    const duty = duties.find(({ verbs }) => verbs.includes(named));
    return offeredOf([named, ...(duty?.verbs ?? [])], offers) ?? named;
  }
  const [next] = doing === "duty" ? duties : [];
  if (next === undefined) return undefined;
  return offeredOf(next.verbs, offers) ?? (next.mine ? next.verbs[0] : undefined);
}

function useIncidentKeys(begin: (verb: Verb) => void): void {
  const focus = (place: string) => document.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus();
  useKeys([
    ...INCIDENT_DEEDS.flatMap((deed) =>
      deed.keys === null || deed.verb === "add_note"
        ? []
        : [{ keys: deed.keys, label: deed.label, scope: "Incident", run: () => begin(deed.verb) }],
    ),
    { keys: "o", label: "Write a note", scope: "Incident", run: () => focus("composer") },
    { keys: "t", label: "Timeline", scope: "Incident", run: () => focus("timeline") },
  ]);
}
