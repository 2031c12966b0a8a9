// Above the board: the filter, what it hides, density, and whether motion stands still.
import { type Ref, useEffect, useState } from "react";
import { type Density, prefer, usePreferences } from "../../parts/preferences";
import styles from "./board.module.css";
import { type Filter, parseFilter } from "./filter";
import type { Overview } from "./overview";

interface Bar {
  readonly ref: Ref<HTMLInputElement>;
  readonly overview: Overview;
  readonly frozen: boolean;
  readonly onFilter: (filter: Filter) => void;
}

const DENSITIES: readonly [Density, string][] = [
  ["comfortable", "Comfortable"],
  ["compact", "Compact"],
  ["line", "Line"],
];

/** The bar. */
export function BoardBar({ ref, overview, frozen, onFilter }: Bar) {
  const [text, setText] = useState("");
  const { density } = usePreferences();
  const filter = parseFilter(text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what was changed; the rest follows from it
  useEffect(() => onFilter(parseFilter(text)), [text]);
  const clear = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (text === "" && event.target instanceof HTMLElement) event.target.blur();
    setText("");
  };
  return (
    <div className={styles.bar}>
      <input
        ref={ref}
        type="search"
        className={styles.filter}
        aria-label="Filter the board"
        placeholder="/  filter: sev:1,2 client:acme due<30m mine unassigned words"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={clear}
      />
      <span className={styles.hidden} role="status">
        {text === "" ? `${overview.total} open` : <Hidden overview={overview} />}
        {filter.unknown.length > 0 && <b> · not understood: {filter.unknown.join(" ")}</b>}
      </span>
      {frozen && <span className={styles.frozen}>Motion frozen · F8</span>}
      <select
        className={styles.density}
        aria-label="Density"
        value={density}
        onChange={(event) =>
          prefer({ density: DENSITIES.find(([one]) => one === event.target.value)?.[0] ?? density })
        }
      >
        {DENSITIES.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

function Hidden({ overview }: { overview: Overview }) {
  const { total, hidden, hiddenImminent } = overview;
  return (
    <>
      {hidden === total ? `0 of ${total} match · Esc clears` : `${hidden} hidden`}
      {hiddenImminent > 0 && <b> · {hiddenImminent} imminent or overdue</b>}
    </>
  );
}
