// Ctrl+K: every command with its key, and every incident by a few letters.
import { useLayoutEffect, useRef, useState } from "react";
import { Autocomplete, Input, Menu, MenuItem, SearchField } from "react-aria-components";
import type { IncidentId } from "../../bindings";
import { useAsk } from "../../doing/asking";
import { InFront } from "../../parts/dialog";
import { Keys } from "../../parts/keys";
import type { TypedAhead } from "../../parts/typed-ahead";
import { useChoices, useRecordChoices, useSync } from "../../records/hooks";
import { records } from "../../records/records";
import {
  deedEntries,
  type Entry,
  governedEntries,
  hitEntry,
  placeEntries,
  sessionEntries,
  tasteEntries,
} from "./entries";
import styles from "./palette.module.css";
import { useAnswer, useEnter } from "./use-answer";

interface Called {
  /** The incident in front, whose deeds are offered. */
  readonly about: IncidentId | null;
  /** What was typed before it was here. */
  readonly typed: TypedAhead;
  readonly onClose: () => void;
  readonly onNew: () => void;
  readonly onKeys: () => void;
}

const SHOWN_MAX = 14;
const IN_HAND = "[role=menuitem][data-focused]";

/** The palette. */
export function Palette({ about, typed, onClose, onNew, onKeys }: Called) {
  const [text, setText] = useState("");
  useLayoutEffect(() => setText(typed.current), [typed]);
  const answer = useAnswer(text);
  const place = useRef<HTMLDivElement>(null);
  const link = useSync()?.link;
  const ask = useAsk();
  const view = about === null ? undefined : records.incidents.get(about);
  const governed = governedEntries(useChoices(), useRecordChoices(true) ?? [], ask);
  const all = [
    ...deedEntries(view, ask),
    ...placeEntries(onNew, onKeys),
    ...sessionEntries(link),
    ...governed,
    ...tasteEntries(),
  ];
  const words = answer.text.toLowerCase().split(/\s+/);
  const found = all.filter((entry) => words.every((word) => entry.words.includes(word))).slice(0, SHOWN_MAX);
  const entries = [...found, ...answer.hits.map(hitEntry)];
  const choose = (id: string) => {
    onClose();
    entries.find((entry) => entry.id === id)?.run();
  };
  const { enter, writesOn } = useEnter(answer.text === text, (mode) => {
    const inHand = mode === "first" ? null : place.current?.querySelector<HTMLElement>(IN_HAND);
    const id = inHand?.dataset.key ?? entries[0]?.id;
    if (id !== undefined) choose(id);
  });
  const write = (next: string) => {
    writesOn();
    setText(next);
  };
  // One Escape leaves: the field of the library would spend the first one on its text. It knows of no answer on its
  // way either, so that Enter is taken here.
  const press = (event: React.KeyboardEvent) => {
    const keys: Readonly<Record<string, () => void>> = { Escape: onClose, Enter: enter };
    const run = event.nativeEvent.isComposing ? undefined : keys[event.key];
    if (run === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  return (
    <InFront title="Commands and search" onClose={onClose}>
      <div ref={place} role="presentation" onKeyDownCapture={press}>
        <Autocomplete inputValue={text} onInputChange={write}>
          <SearchField aria-label="Command or incident" autoFocus className={styles.search ?? ""}>
            <Input className={styles.input ?? ""} placeholder="A command, a number, a client, a word" />
          </SearchField>
          <Results entries={entries} onChoose={choose} />
        </Autocomplete>
      </div>
    </InFront>
  );
}

function Results({ entries, onChoose }: { entries: readonly Entry[]; onChoose: (id: string) => void }) {
  return (
    <Menu
      aria-label="Results"
      items={entries}
      className={styles.list ?? ""}
      onAction={(key) => onChoose(String(key))}
      renderEmptyState={() => (
        <p className={styles.none}>Nothing is called so. Try a client, a number or a word of the symptoms.</p>
      )}
    >
      {(entry) => (
        <MenuItem id={entry.id} textValue={entry.name} className={styles.item ?? ""}>
          <span className={styles.name}>{entry.name}</span>
          <span className={styles.hint}>{entry.hint}</span>
          {entry.keys && <Keys keys={entry.keys.split(",")[0] ?? ""} />}
        </MenuItem>
      )}
    </Menu>
  );
}
