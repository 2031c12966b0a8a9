// The questions of a form: labels above, errors below, everything by keyboard.
import { useId } from "react";
import { type Asked, type Entry, Framed, Note, Optional } from "./asked";
import styles from "./fields.module.css";
import { SearchedChoice, SearchedSeveral } from "./searched";

/** What stands for no choice where one may be left open. */
const NONE: Entry = { value: "", name: "None of these", hint: "" };
/** Longer lists are searched, shorter ones are shown. */
const SHOWN_MAX = 6;
/** The same where any of them may be ticked. */
const TICKED_MAX = 24;

/** What is known already and needs no answer. */
export function Shown({ label, hint, text }: { label: string; hint: string | undefined; text: string }) {
  return (
    <div className={styles.field} data-told>
      <p className={styles.label}>{label}</p>
      <p className={styles.told}>{text}</p>
      <p className={styles.hint}>{hint}</p>
    </div>
  );
}

/** One line of text, or of digits. */
export function LineField({ inputMode = "text", ...asked }: Asked & { inputMode?: "text" | "numeric" }) {
  const [id, note] = [useId(), useId()];
  return (
    <Framed {...asked} htmlFor={id} note={note}>
      <input
        id={id}
        className={styles.input}
        inputMode={inputMode}
        value={asked.value}
        autoComplete="off"
        aria-invalid={asked.wrong !== undefined}
        aria-describedby={note}
        required={!asked.optional}
        onChange={(event) => asked.onChange(event.target.value)}
      />
    </Framed>
  );
}

/** Text of several lines. */
export function TextField({ rows = 2, ...asked }: Asked & { rows?: number }) {
  const [id, note] = [useId(), useId()];
  return (
    <Framed {...asked} htmlFor={id} note={note}>
      <textarea
        id={id}
        className={styles.input}
        rows={rows}
        value={asked.value}
        aria-invalid={asked.wrong !== undefined}
        aria-describedby={note}
        required={!asked.optional}
        onChange={(event) => asked.onChange(event.target.value)}
      />
    </Framed>
  );
}

/** One of several: shown where they are few, searched where they are many. */
export function ChoiceField({ entries, ...asked }: Asked & { entries: readonly Entry[] }) {
  return entries.length > SHOWN_MAX ? (
    <SearchedChoice {...asked} entries={entries} />
  ) : (
    <ShownChoices {...asked} entries={entries} kind="radio" />
  );
}

/** Any of several; the answer is their values, parted by spaces. */
export function SeveralField({ entries, ...asked }: Asked & { entries: readonly Entry[] }) {
  return entries.length > TICKED_MAX ? (
    <SearchedSeveral {...asked} entries={entries} />
  ) : (
    <ShownChoices {...asked} entries={entries} kind="checkbox" />
  );
}

function ShownChoices({
  entries,
  kind,
  ...asked
}: Asked & { entries: readonly Entry[]; kind: "radio" | "checkbox" }) {
  const [group, note] = [useId(), useId()];
  // Only several are parted by spaces: one may be a name with spaces in it.
  const on = asked.value === "" ? [] : kind === "radio" ? [asked.value] : asked.value.split(" ");
  const shown =
    kind === "radio" && asked.optional === true && entries.length > 0 ? [...entries, NONE] : entries;
  const choose = (value: string, checked: boolean) => {
    if (kind === "radio") return asked.onChange(value);
    const kept = on.filter((one) => one !== value);
    asked.onChange((checked ? [...kept, value] : kept).join(" "));
  };
  return (
    <fieldset
      className={styles.field}
      data-field={asked.name}
      data-wrong={asked.wrong !== undefined || undefined}
      data-empty={(asked.value === "" && !asked.optional) || undefined}
      aria-describedby={note}
    >
      <legend className={styles.label}>
        {asked.label}
        <Optional optional={asked.optional} />
      </legend>
      <div className={styles.choices}>
        {shown.map((entry) => (
          <label key={entry.value} className={styles.choice}>
            <input
              type={kind}
              name={group}
              checked={entry.value === "" ? on.length === 0 : on.includes(entry.value)}
              onChange={(event) => choose(entry.value, event.target.checked)}
            />
            <span>
              {entry.name}
              {entry.hint && <span className={styles.entryHint}>{entry.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <Note
        id={note}
        hint={asked.hint ?? (entries.length === 0 ? "There is nothing to choose from." : undefined)}
        wrong={asked.wrong}
      />
    </fieldset>
  );
}

/** Where an answer is typed; the library's own hidden inputs are none. */
const ANSWER = ":is(input, textarea, [role=spinbutton]):not([hidden], [tabindex='-1'])";
const GAP = `[data-empty] ${ANSWER}`;

/** Puts the focus into the question whose answer is wrong; where it is none alone, into the first gap. */
export function focusWrong(form: HTMLElement | null): void {
  const wrong = form?.querySelector(`[data-wrong] ${ANSWER}`);
  if (wrong instanceof HTMLElement) wrong.focus();
  else focusFirstGap(form);
}

/** Puts the focus into the first question without an answer, or into the first one; where nothing is asked, on
 * the first thing that can be done. */
export function focusFirstGap(form: HTMLElement | null): void {
  const gap = form?.querySelector(GAP);
  const first = gap ?? form?.querySelector(ANSWER) ?? form?.querySelector("footer button");
  if (first instanceof HTMLElement) first.focus();
}
