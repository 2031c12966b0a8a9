// The guard panel: beside the work it lists only what is still missing, and never dead-ends.
import { useEffect, useRef } from "react";
import { Button, IconButton } from "../parts/button";
import { focusFirstGap } from "../parts/fields";
import { Refused, saidAtField } from "../parts/refusal";
import { useIncident, useSignal } from "../records/hooks";
import type { Subject } from "./about";
import { pressed, type Request } from "./asking";
import styles from "./guard-panel.module.css";
import { Questions } from "./questions";
import { type Form, useForm } from "./use-form";

/** The panel of one request; `onEnd` puts the focus back where it came from. */
export function GuardPanel({ request, onEnd }: { request: Request; onEnd: () => void }) {
  const { about } = request;
  if (about.on === "incident") return <OfIncident request={request} id={about.id} onEnd={onEnd} />;
  if (about.on === "signal") return <OfSignal request={request} id={about.id} onEnd={onEnd} />;
  return <Panel request={request} subject={{ on: "desk" }} onEnd={onEnd} />;
}

interface Sided {
  readonly request: Request;
  readonly onEnd: () => void;
}

function OfIncident({ request, id, onEnd }: Sided & { id: string }) {
  const { view, error } = useIncident(id);
  if (view !== undefined) return <Panel request={request} subject={{ on: "incident", view }} onEnd={onEnd} />;
  return (
    <aside className={styles.panel} aria-label={request.title}>
      {error ? <Refused error={error} /> : null}
      <Button label="Close" onPress={onEnd} />
    </aside>
  );
}

function OfSignal({ request, id, onEnd }: Sided & { id: string }) {
  const signal = useSignal(id);
  return signal === undefined ? null : (
    <Panel request={request} subject={{ on: "signal", signal }} onEnd={onEnd} />
  );
}

function Panel({ request, subject, onEnd }: Sided & { subject: Subject }) {
  const form = useForm(request.about, request.deeds);
  const place = useRef<HTMLElement>(null);
  const shown = form.ready && form.ground !== undefined;
  useEffect(() => {
    if (shown) focusFirstGap(place.current);
  }, [shown]);
  const commit = async () => {
    if (await form.commit(subject, request.of)) onEnd();
    else focusFirstGap(place.current);
  };
  return (
    <aside
      ref={place}
      className={styles.panel}
      aria-label={`${request.title}: ${request.of}`}
      onKeyDownCapture={(event) => pressed(event, commit, onEnd)}
    >
      <header className={styles.head}>
        <div>
          <h2 className={styles.title}>{request.title}</h2>
          <p className={styles.of}>{request.of}</p>
        </div>
        <IconButton label="Close without doing it" icon="close" onPress={onEnd} />
      </header>
      <div className={styles.deeds}>{shown && <Deeds form={form} subject={subject} />}</div>
      {form.trouble && !saidAtField(form.trouble) && <Refused error={form.trouble.error} />}
      <footer className={styles.foot}>
        <Button
          kind="primary"
          label={request.deeds.length > 1 ? "Fill and move" : (request.deeds[0]?.label ?? "Do it")}
          keys="enter"
          onPress={commit}
          reason={form.busy ? "It is being done." : undefined}
        />
        <Button kind="quiet" label="Cancel" keys="escape" onPress={onEnd} />
      </footer>
      <p className={styles.of}>Shift+Enter begins a new line. What you typed is kept.</p>
    </aside>
  );
}

function Deeds({ form, subject }: { form: Form; subject: Subject }) {
  return form.left.map((deed) => (
    <section key={deed.verb} className={styles.deed} aria-label={deed.label}>
      {form.left.length > 1 && <h3 className={styles.step}>{deed.label}</h3>}
      <Questions deed={deed} subject={subject} form={form} />
    </section>
  ));
}
