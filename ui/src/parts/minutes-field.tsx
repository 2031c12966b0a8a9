// A number of minutes from a given moment: typed, or taken from the usual ones beside the field.
import { useId } from "react";
import { type Asked, Framed } from "./asked";
import styles from "./fields.module.css";

interface Counted extends Asked {
  readonly lies: "before" | "after";
  /** The moment they are counted from, as a clock shows it. */
  readonly moment: string;
  /** The numbers that are offered. */
  readonly usual: readonly number[];
}

/** The question. */
export function MinutesField({ lies, moment, usual, ...asked }: Counted) {
  const [id, note, unit] = [useId(), useId(), useId()];
  return (
    <Framed {...asked} htmlFor={id} note={note}>
      <div className={styles.minutes}>
        <span className={styles.row}>
          <input
            id={id}
            className={styles.number}
            inputMode="numeric"
            autoComplete="off"
            value={asked.value}
            aria-invalid={asked.wrong !== undefined}
            aria-describedby={`${unit} ${note}`}
            required={!asked.optional}
            onChange={(event) => asked.onChange(event.target.value)}
          />
          <span id={unit}>
            minutes {lies} {moment}
          </span>
        </span>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a second question */}
        <span role="group" aria-label={`Usual: ${asked.label}`} className={styles.usual}>
          {usual.map((minutes) => (
            <Usual
              key={minutes}
              minutes={minutes}
              chosen={asked.value.trim() === String(minutes)}
              onChoose={(value) => asked.onChange(asked.optional && asked.value === value ? "" : value)}
            />
          ))}
        </span>
      </div>
    </Framed>
  );
}

function Usual({
  minutes,
  chosen,
  onChoose,
}: {
  minutes: number;
  chosen: boolean;
  onChoose: (value: string) => void;
}) {
  return (
    <button
      type="button"
      className={styles.preset}
      aria-pressed={chosen}
      onClick={() => onChoose(String(minutes))}
    >
      {minutes === 0 ? "just now" : `${minutes} min`}
    </button>
  );
}
