// What every question of a form has: a label, whether it may be left open, and a note on what is wrong.
import type { ReactNode } from "react";
import styles from "./fields.module.css";

/** One entry of a list. */
export interface Entry {
  readonly value: string;
  readonly name: string;
  readonly hint: string;
}

/** A question, and its answer so far. */
export interface Asked {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly optional?: boolean | undefined;
  /** What is wrong with the answer. */
  readonly wrong?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A question with its label above and its note below. */
export function Framed({
  htmlFor,
  note,
  children,
  ...asked
}: Asked & { htmlFor: string; note: string; children: ReactNode }) {
  return (
    <div
      className={styles.field}
      data-field={asked.name}
      data-wrong={asked.wrong !== undefined || undefined}
      data-empty={(asked.value === "" && !asked.optional) || undefined}
    >
      <label className={styles.label} htmlFor={htmlFor}>
        {asked.label}
        <Optional optional={asked.optional} />
      </label>
      {children}
      <Note id={note} hint={asked.hint} wrong={asked.wrong} />
    </div>
  );
}

/** Says that a question may be left open. */
export function Optional({ optional }: { optional: boolean | undefined }) {
  return optional ? <span className={styles.optional}> optional</span> : null;
}

/** What helps to answer, or what is wrong with the answer. */
export function Note({
  id,
  hint,
  wrong,
}: {
  id: string;
  hint: string | undefined;
  wrong: string | undefined;
}) {
  return (
    <p id={id} className={wrong === undefined ? styles.hint : styles.wrong}>
      {wrong ?? hint}
    </p>
  );
}
