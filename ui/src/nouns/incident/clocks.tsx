// The right pane: each clock with its words, and the proof of why it is due then.
import { useEffect, useState } from "react";
import type { ClockKind, ClockView, IncidentView } from "../../bindings";
import { requestException } from "../../commands/request-exception";
import { useAsk } from "../../doing/asking";
import { afterBreach } from "../../doing/exception";
import { say } from "../../doing/run";
import { call, reasonOf } from "../../door";
import { Button } from "../../parts/button";
import { dayTime, fullTime } from "../../parts/clock";
import type { TimeState } from "../../parts/countdown";
import { InFront } from "../../parts/dialog";
import { TimeChip } from "../../parts/time-chip";
import { TimeShape } from "../../parts/time-shape";
import styles from "./clocks.module.css";

/** All clocks of an incident. */
export function Clocks({ view }: { view: IncidentView }) {
  const [proving, setProving] = useState<ClockKind | null>(null);
  const ask = useAsk();
  return (
    <section className={styles.clocks} aria-label="Clocks">
      <h2 className={styles.title}>Clocks</h2>
      {view.clocks.map((clock) => (
        <Clock
          key={clock.reading.kind}
          clock={clock}
          onProve={() => setProving(clock.reading.kind)}
          onExcept={() => ask(afterBreach(clock.reading.kind, view))}
        />
      ))}
      <p className={styles.muted}>{view.agreement}</p>
      {proving !== null && (
        <ProofOf id={view.card.id} clock={proving} label={view.card.label} onClose={() => setProving(null)} />
      )}
    </section>
  );
}

interface Timed {
  readonly clock: ClockView;
  readonly onProve: () => void;
  readonly onExcept: () => void;
}

function Clock({ clock, onProve, onExcept }: Timed) {
  const { reading } = clock;
  const running = reading.due !== null && reading.verdict.verdict === "pending";
  return (
    <div className={styles.clock}>
      <h3>{clock.name}</h3>
      {running ? (
        <TimeChip
          label={clock.words}
          deadline={{
            due: reading.due,
            attention: reading.attention,
            paused: reading.state.state === "paused",
          }}
        />
      ) : (
        <p className={styles.verdict} data-state={shapeOf(clock)}>
          <TimeShape state={shapeOf(clock)} />
          {clock.words}
        </p>
      )}
      {clock.due_local && (
        <p className={styles.muted} title={fullTime(clock.due_local)}>
          due {dayTime(clock.due_local)}
        </p>
      )}
      {clock.due_client && clock.due_client.local !== clock.due_local?.local && (
        <p className={styles.muted}>there {dayTime(clock.due_client)}</p>
      )}
      {reading.target !== null && (
        <button type="button" className={styles.why} onClick={onProve}>
          Why is it due then?
        </button>
      )}
      {excusable(clock) && (
        <button type="button" className={styles.why} onClick={onExcept}>
          {requestException.label}
        </button>
      )}
    </div>
  );
}

/** Whether there is a promise to be excused from: one that was missed, or that still may be. */
function excusable({ reading }: ClockView): boolean {
  const { verdict } = reading.verdict;
  return reading.target !== null && (verdict === "pending" || verdict === "breached");
}

function shapeOf(clock: ClockView): TimeState | "met" {
  switch (clock.reading.verdict.verdict) {
    case "met":
      return "met";
    case "breached":
      return "overdue";
    case "pending":
    case "no_target":
    case "excluded":
    case "uncertain":
    case "not_applicable":
      return clock.reading.state.state === "paused" ? "paused" : "on_track";
  }
}

/** The proof as it would be printed. */
function ProofOf({
  id,
  clock,
  label,
  onClose,
}: {
  id: string;
  clock: ClockKind;
  label: string;
  onClose: () => void;
}) {
  const [text, setText] = useState("Reading the proof …");
  useEffect(() => {
    let asked = true;
    call("proof", { id, clock }).then(
      (proof) => asked && setText(proof.printed),
      (caught: unknown) => asked && setText(reasonOf(caught).message),
    );
    return () => {
      asked = false;
    };
  }, [id, clock]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => say("The proof is copied."),
      () => say("It could not be copied: select the text and press Ctrl+C."),
    );
  return (
    <InFront title={`${label}: why is it due then?`} width="wide" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys */}
      <pre className={styles.proof} tabIndex={0}>
        {text}
      </pre>
      <p className={styles.foot}>
        <Button label="Copy" onPress={copy} />
        <Button label="Print" onPress={() => window.print()} />
      </p>
    </InFront>
  );
}
