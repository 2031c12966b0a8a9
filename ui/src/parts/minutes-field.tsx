// A number of minutes from a given moment: typed, or taken from the usual ones beside the field.
import { useId } from "react";
import { type Asked, Framed } from "./asked";
import styles from "./fields.module.css";

interface Counted extends Asked {
  readonly lies: "before" | "after";
  /** The moment that the number is counted from, as a clock shows it. */
  readonly moment: string;
  /** The one that a number given now is counted from: later, where the number was kept. */
  readonly opened: string;
  /** The numbers that are offered. */
  readonly usual: readonly number[];
}

/** The question. */
export function MinutesField({ lies, moment, opened, usual, ...asked }: Counted) {
  const [id, note, unit] = [useId(), useId(), useId()];
  const isChosen = (minutes: number) => moment === opened && asked.value.trim() === String(minutes);
  const choose = (minutes: number) =>
    asked.onChange(asked.optional && isChosen(minutes) ? "" : String(minutes));
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
              name={minutes === 0 ? `at ${opened}` : `${minutes} min`}
              chosen={isChosen(minutes)}
              onChoose={() => choose(minutes)}
            />
          ))}
        </span>
      </div>
    </Framed>
  );
}

function Usual({ name, chosen, onChoose }: { name: string; chosen: boolean; onChoose: () => void }) {
  return (
    <button type="button" className={styles.preset} aria-pressed={chosen} onClick={onChoose}>
      {name}
    </button>
  );
}
