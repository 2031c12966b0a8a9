// Attention: what the server refused, with the words as they were typed. Nothing typed is ever lost.
import { useState } from "react";
import type { AttentionItem, DoorError } from "../../bindings";
import { refusedError } from "../../doing/about";
import { say } from "../../doing/run";
import { call, reasonOf } from "../../door";
import { Button } from "../../parts/button";
import { dayTime } from "../../parts/clock";
import { Refused } from "../../parts/refusal";
import { useAttention } from "../../records/hooks";
import { readAttention } from "../../records/reading";
import { go, toIncident } from "../../route";
import styles from "./attention-inbox.module.css";

/** The inbox. */
export function AttentionInbox() {
  const items = useAttention();
  return (
    <section className={styles.inbox} aria-label="Attention">
      <h1 className={styles.title}>Attention</h1>
      {items.length === 0 && (
        <p className={styles.empty}>
          Nothing was refused. What the server cannot accept comes here, with every word you typed.
        </p>
      )}
      {items.map((item) => (
        <Item key={item.command} item={item} />
      ))}
    </section>
  );
}

function Item({ item }: { item: AttentionItem }) {
  const [error, setError] = useState<DoorError>();
  const { incident } = item;
  const settle = () =>
    call("settle_attention", { command: item.command })
      .then(readAttention)
      .catch((caught: unknown) => setError(reasonOf(caught)));
  const copy = () =>
    navigator.clipboard.writeText(item.words.map((word) => word.text).join("\n\n")).then(
      () => say("Your words are copied."),
      () => say("They could not be copied: select them and press Ctrl+C."),
    );
  return (
    <article className={styles.item} aria-label={`${item.label} ${item.incident_label ?? ""}`}>
      <header className={styles.head}>
        <h2>
          {item.label} {item.incident_label}
        </h2>
        <p className={styles.muted}>refused {dayTime(item.at)}</p>
      </header>
      <Refused error={refusedError(item.refusal)} />
      <dl className={styles.words}>
        {item.words.map((word) => (
          <div key={word.field}>
            <dt>You wrote, as {word.field.replaceAll("_", " ")}</dt>
            <dd>{word.text}</dd>
          </div>
        ))}
      </dl>
      {error && <Refused error={error} />}
      <p className={styles.foot}>
        <Button label="Copy my words" onPress={copy} />
        {incident !== null && (
          <Button label="Open and do it again" onPress={() => go(toIncident(incident, item.refusal.verb))} />
        )}
        <Button kind="quiet" label="It is settled" icon="check" onPress={settle} />
      </p>
    </article>
  );
}
