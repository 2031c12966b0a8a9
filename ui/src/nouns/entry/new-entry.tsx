// A new incident while somebody is on the phone: keys only, what is typed is kept, enough to start the clocks.
import { useLayoutEffect, useRef } from "react";
import type { DeskDeed } from "../../commands/deed";
import { pressed } from "../../doing/asking";
import { Questions } from "../../doing/questions";
import { useForm } from "../../doing/use-form";
import { Button } from "../../parts/button";
import { InFront } from "../../parts/dialog";
import { focusFirstGap } from "../../parts/fields";
import { Refused, saidAtField } from "../../parts/refusal";
import { type TypedAhead, TypingAhead, typeOn } from "../../parts/typed-ahead";
import styles from "./new-entry.module.css";

const DESK = { on: "desk" } as const;

interface Entering {
  readonly deed: DeskDeed;
  /** What was typed before it was here. */
  readonly typed: TypedAhead;
  readonly onClose: () => void;
}

/** The form, in front of wherever one was. */
export function NewEntry({ deed, typed, onClose }: Entering) {
  const form = useForm(DESK, DESK, [deed]);
  const place = useRef<HTMLDivElement>(null);
  const shown = form.ready && form.ground !== undefined;
  // Before the next key: between the field that was here and the form, nothing else has the focus.
  useLayoutEffect(() => {
    if (!shown) return;
    focusFirstGap(place.current);
    typeOn(typed);
  }, [shown, typed]);
  const commit = async () => {
    if (await form.commit(DESK, "")) onClose();
    else focusFirstGap(place.current);
  };
  return (
    <InFront title={deed.label} width="wide" onClose={onClose}>
      <div
        ref={place}
        role="presentation"
        className={styles.form}
        onKeyDownCapture={shown ? (event) => enter(event, commit) : undefined}
      >
        {shown ? (
          <Questions deed={deed} subject={DESK} form={form} />
        ) : (
          <TypingAhead title={deed.label} typed={typed} onLeave={onClose} />
        )}
      </div>
      {form.trouble && !saidAtField(form.trouble) && <Refused error={form.trouble.error} />}
      <footer className={styles.foot}>
        <Button kind="primary" label={deed.label} keys="mod+enter" onPress={commit} />
        <Button kind="quiet" label="Keep and leave" keys="escape" onPress={onClose} />
        <p className={styles.note}>What you type is kept until it is logged.</p>
      </footer>
    </InFront>
  );
}

/** Ctrl+Enter logs from anywhere; Enter alone goes on within a text and logs from a single line. */
function enter(event: React.KeyboardEvent, commit: () => void): void {
  const inText = event.target instanceof HTMLTextAreaElement;
  const chord = event.ctrlKey || event.metaKey;
  if (event.key !== "Enter" || (inText && !chord)) return;
  if (chord || event.target instanceof HTMLInputElement) pressed(event, commit, () => undefined);
}
