// Choices from long lists: searched by words, and only as many shown as somebody reads.
import { useId, useMemo, useState } from "react";
import {
  Button,
  ComboBox,
  Input,
  type Key,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
} from "react-aria-components";
import { type Asked, type Entry, Note, Optional } from "./asked";
import styles from "./fields.module.css";
import { Icon } from "./icon";

/** More than these are narrowed down by another letter, not read. */
const LISTED_MAX = 50;

/** One of many. */
export function SearchedChoice({ entries, ...asked }: Asked & { entries: readonly Entry[] }) {
  const chosen = entries.find((entry) => entry.value === asked.value);
  return (
    <Search {...asked} entries={entries} chosen={chosen} onChoose={(value) => asked.onChange(value ?? "")} />
  );
}

/** Any of many: each one found is added, and goes again by its button. */
export function SearchedSeveral({ entries, ...asked }: Asked & { entries: readonly Entry[] }) {
  const on = asked.value === "" ? [] : asked.value.split(" ");
  const chosen = entries.filter((entry) => on.includes(entry.value));
  const left = useMemo(
    () => entries.filter((entry) => !asked.value.split(" ").includes(entry.value)),
    [entries, asked.value],
  );
  return (
    <div className={styles.several}>
      <Search
        key={on.length}
        {...asked}
        entries={left}
        chosen={undefined}
        onChoose={(value) => value !== null && asked.onChange([...on, value].join(" "))}
      />
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label={`Chosen: ${asked.label}`}>
          {chosen.map((entry) => (
            <li key={entry.value}>
              <button
                type="button"
                className={styles.taken}
                aria-label={`Leave out ${entry.name}`}
                onClick={() => asked.onChange(on.filter((one) => one !== entry.value).join(" "))}
              >
                {entry.name}
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface Searching extends Asked {
  readonly entries: readonly Entry[];
  readonly chosen: Entry | undefined;
  readonly onChoose: (value: string | null) => void;
}

function Search({ entries, chosen, onChoose, ...asked }: Searching) {
  const note = useId();
  const [text, setText] = useState(chosen?.name ?? "");
  const shown = useMemo(
    () => found(entries, text === chosen?.name ? "" : text, chosen),
    [entries, text, chosen],
  );
  const choose = (key: Key | null) => {
    const entry = shown.find((one) => one.value === key);
    if (entry !== undefined) setText(entry.name);
    onChoose(entry?.value ?? null);
  };
  return (
    <ComboBox
      className={styles.field ?? ""}
      data-field={asked.name}
      data-wrong={asked.wrong !== undefined || undefined}
      data-empty={(asked.value === "" && !asked.optional) || undefined}
      items={shown}
      inputValue={text}
      onInputChange={setText}
      selectedKey={chosen?.value ?? null}
      onSelectionChange={choose}
      isInvalid={asked.wrong !== undefined}
      menuTrigger="focus"
    >
      <Label className={styles.label ?? ""}>
        {asked.label}
        <Optional optional={asked.optional} />
      </Label>
      <div className={styles.combo}>
        <Input className={styles.input ?? ""} aria-describedby={note} />
        <Button className={styles.open ?? ""}>
          <Icon name="down" />
        </Button>
      </div>
      <Note id={note} hint={asked.hint} wrong={asked.wrong} />
      <Popover className={styles.popover ?? ""}>
        <ListBox className={styles.list ?? ""}>
          {(entry: Entry) => (
            <ListBoxItem id={entry.value} textValue={entry.name} className={styles.entry ?? ""}>
              {entry.name}
              {entry.hint && <span className={styles.entryHint}>{entry.hint}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Those that hold every word typed, by their names first; and the one that is chosen. */
function found(entries: readonly Entry[], text: string, chosen: Entry | undefined): Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = (told: string) => words.every((word) => told.toLowerCase().includes(word));
  const named = entries.filter((entry) => holds(entry.name));
  const hinted =
    named.length < LISTED_MAX ? entries.filter((entry) => holds(`${entry.name} ${entry.hint}`)) : [];
  const shown = [...new Set([...named, ...hinted])].slice(0, LISTED_MAX);
  return chosen === undefined || shown.includes(chosen) ? shown : [chosen, ...shown];
}
