// `?`: every key that works here now, and the tastes that go with them.
import { useState } from "react";
import { keys } from "../../keys/use-keys";
import { InFront } from "../../parts/dialog";
import { KeysInText } from "../../parts/keys";
import { prefer, type Theme, usePreferences } from "../../parts/preferences";
import styles from "./key-list.module.css";

const THEMES: readonly [Theme, string][] = [
  ["system", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];
const TEXTS = [100, 125, 150, 175, 200] as const;

/** The list. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const [list] = useState(() => keys.list());
  const scopes = [...new Set(list.map((binding) => binding.scope))];
  return (
    <InFront title="Keys and taste" width="wide" onClose={onClose}>
      <Tastes />
      <div className={styles.scopes}>
        {scopes.map((scope) => (
          <section key={scope}>
            <h3 className={styles.scope}>{scope}</h3>
            <dl className={styles.keys}>
              {list
                .filter((binding) => binding.scope === scope)
                .map((binding) => (
                  <div key={binding.keys}>
                    <dt>{binding.label}</dt>
                    <dd>
                      {binding.keys.split(",").map((chord) => (
                        <KeysInText key={chord} keys={chord} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </InFront>
  );
}

function Tastes() {
  const { theme, text, letterKeys } = usePreferences();
  return (
    <div className={styles.tastes}>
      <label>
        <input
          type="checkbox"
          checked={letterKeys}
          onChange={(event) => prefer({ letterKeys: event.target.checked })}
        />
        Keys of one letter
      </label>
      <label>
        Theme
        <select
          value={theme}
          onChange={(event) =>
            prefer({ theme: THEMES.find(([one]) => one === event.target.value)?.[0] ?? "system" })
          }
        >
          {THEMES.map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Text
        <select value={text} onChange={(event) => prefer({ text: Number(event.target.value) })}>
          {TEXTS.map((size) => (
            <option key={size} value={size}>
              {size} %
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
