// The guard panel: beside the work it lists only what is still missing, and never dead-ends.
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import type { Refusal } from "../bindings";
import { requestException } from "../commands/request-exception";
import { Button, IconButton } from "../parts/button";
import { focusFirstGap, focusWrong } from "../parts/fields";
import { Refused, saidAtField } from "../parts/refusal";
import { type TypedAhead, TypingAhead, typeOn } from "../parts/typed-ahead";
import { useIncident, useSignal } from "../records/hooks";
import { refusedError, type Subject } from "./about";
import { pressed, type Request, useAsk } from "./asking";
import { afterRefusal, isExceptable } from "./exception";
import styles from "./guard-panel.module.css";
import { OnceRead } from "./once-read";
import { Questions } from "./questions";
import { say } from "./run";
import { type Form, useForm } from "./use-form";

/** The panel of one request; `onEnd` puts the focus back where it came from. */
export function GuardPanel(sided: Sided) {
  const { about } = sided.request;
  if (about.on === "incident") return <OfIncident {...sided} id={about.id} />;
  if (about.on === "signal") return <OfSignal {...sided} id={about.id} />;
  return <Panel {...sided} subject={{ on: "desk" }} />;
}

interface Sided {
  readonly request: Request;
  /** What was typed before it was here. */
  readonly typed: TypedAhead;
  readonly onEnd: () => void;
}

function OfIncident({ id, ...sided }: Sided & { id: string }) {
  const { view, error } = useIncident(id);
  const { request, typed, onEnd } = sided;
  if (view !== undefined)
    return (
      <OnceRead request={request} view={view} onEnd={onEnd}>
        <Panel {...sided} subject={{ on: "incident", view }} />
      </OnceRead>
    );
  return (
    <aside className={styles.panel} aria-label={request.title}>
      {error ? (
        <Refused error={error} />
      ) : (
        <TypingAhead title={request.title} typed={typed} onLeave={onEnd} />
      )}
      <Button label="Close" onPress={onEnd} />
    </aside>
  );
}

/** A signal that was dealt with meanwhile stays as it was known: what is typed is taken from nobody, and the desk says
 * what became of it. */
function OfSignal({ id, ...sided }: Sided & { id: string }) {
  const now = useSignal(id);
  const known = useRef(now);
  known.current = now ?? known.current;
  const signal = known.current;
  return signal === undefined ? null : <Panel {...sided} subject={{ on: "signal", signal }} />;
}

function Panel({ request, subject, typed, onEnd }: Sided & { subject: Subject }) {
  const form = useForm(request.about, subject, request.deeds, request.given);
  const place = useRef<HTMLElement>(null);
  const shown = form.ready && form.ground !== undefined;
  useFocus(place, shown, form, typed);
  const commit = async () => {
    if (await form.commit(subject, request.of)) onEnd();
  };
  const several = request.deeds.length > 1;
  const stay = async () => {
    const saved = await form.save(subject, request.of, staying(subject, form.left.length));
    if (saved === undefined) return;
    if (saved === 0) say(NOTHING_FILLED);
    else {
      say(`${saved} of ${request.deeds.length} steps saved; it stays where it is: ${request.of}`);
      onEnd();
    }
  };
  const keys = (event: React.KeyboardEvent) => {
    if (several && isSave(event)) {
      event.preventDefault();
      event.stopPropagation();
      void stay();
    } else pressed(event, commit, onEnd);
  };
  return (
    <aside
      ref={place}
      className={styles.panel}
      aria-label={request.of === "" ? request.title : `${request.title}: ${request.of}`}
      onKeyDownCapture={shown ? keys : undefined}
    >
      <Head request={request} onEnd={onEnd} />
      <div className={styles.deeds}>
        {shown ? (
          <Deeds form={form} subject={subject} />
        ) : (
          <TypingAhead title={request.title} typed={typed} onLeave={onEnd} />
        )}
      </div>
      {form.trouble && !saidAtField(form.trouble) && <Refused error={form.trouble.error} />}
      {request.refusal && <Refused error={refusedError(request.refusal)} />}
      <footer className={styles.foot}>
        <Ends request={request} form={form} subject={subject} commit={commit} stay={stay} />
        <Except refusal={form.trouble?.error.refusal ?? request.refusal} subject={subject} of={request.of} />
        <Button kind="quiet" label="Cancel" keys="escape" onPress={onEnd} />
      </footer>
      {request.deeds.length > 0 && (
        <p className={styles.of}>Shift+Enter begins a new line. What you typed is kept.</p>
      )}
    </aside>
  );
}

/** What ends it: all of it done, or as far as it is filled. */
function Ends({
  request: { deeds },
  form,
  subject,
  commit,
  stay,
}: {
  request: Sided["request"];
  form: Form;
  subject: Subject;
  commit: () => Promise<void>;
  stay: () => Promise<void>;
}) {
  const several = deeds.length > 1;
  return (
    <>
      {deeds.length > 0 && (
        <Button
          kind="primary"
          label={several ? "Fill and move" : (deeds[0]?.label ?? "Do it")}
          keys="enter"
          onPress={commit}
          reason={form.busy ? "It is being done." : undefined}
        />
      )}
      {several && (
        <Button
          label="Save, stay"
          keys="mod+s"
          onPress={stay}
          reason={whyNot(form.busy, staying(subject, form.left.length))}
        />
      )}
    </>
  );
}

/** The focus waits at the first gap, and goes to what was wrong. */
function useFocus(
  place: RefObject<HTMLElement | null>,
  shown: boolean,
  { trouble }: Form,
  typed: TypedAhead,
): void {
  // Before the next key: between the field that was here and the form, nothing else has the focus.
  useLayoutEffect(() => {
    if (!shown) return;
    focusFirstGap(place.current);
    typeOn(typed);
    // What is told is read before the questions are answered, wherever the focus waits.
    if (place.current?.querySelector("[data-told]")) place.current.scrollTop = 0;
  }, [place, shown, typed]);
  useEffect(() => {
    if (trouble !== undefined) focusWrong(place.current);
  }, [place, trouble]);
}

function Head({ request, onEnd }: Omit<Sided, "typed">) {
  return (
    <header className={styles.head}>
      <div>
        <h2 className={styles.title}>{request.title}</h2>
        {request.of !== "" && <p className={styles.of}>{request.of}</p>}
      </div>
      <IconButton label="Close without doing it" icon="close" onPress={onEnd} />
    </header>
  );
}

/** The way on where the policy says no and somebody may except from it. */
function Except({
  refusal,
  subject,
  of,
}: {
  refusal: Refusal | null | undefined;
  subject: Subject;
  of: string;
}) {
  const ask = useAsk();
  if (!isExceptable(refusal)) return null;
  return <Button label={requestException.label} onPress={() => ask(afterRefusal(refusal, subject, of))} />;
}

const NOTHING_FILLED = "No step is complete yet. What you typed is kept.";

/** How many of the steps left may be done without the card leaving its column: its nearest move says. */
function staying(subject: Subject, left: number): number {
  if (subject.on !== "incident") return left;
  const ways = subject.view.moves.map((move) => move.verbs.length).filter((steps) => steps > 0);
  return Math.max(0, Math.min(left, ...ways) - 1);
}

function whyNot(busy: boolean, most: number): string | undefined {
  if (busy) return "It is being done.";
  return most === 0 ? "One step is left, and that one moves the card." : undefined;
}

function isSave(event: React.KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "s";
}

function Deeds({ form, subject }: { form: Form; subject: Subject }) {
  return form.left.map((deed) => (
    <section key={deed.verb} className={styles.deed} aria-label={deed.label}>
      {form.left.length > 1 && <h3 className={styles.step}>{deed.label}</h3>}
      <Questions deed={deed} subject={subject} form={form} />
    </section>
  ));
}
