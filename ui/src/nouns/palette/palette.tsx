// Ctrl+K: every command with its key, and every incident by a few letters.
import { useLayoutEffect, useRef, useState } from "react";
import { Autocomplete, Input, Menu, MenuItem, SearchField } from "react-aria-components";
import type { Choices, Hit, IncidentId, IncidentView, LinkState, RecordChoice, Verb } from "../../bindings";
import { DESK_DEEDS, INCIDENT_DEEDS, RECORD_DEEDS } from "../../commands/all";
import { useAsk } from "../../doing/asking";
import { undoLatest } from "../../doing/run";
import { signOut } from "../../doing/sign-out";
import { keys } from "../../keys/use-keys";
import { InFront } from "../../parts/dialog";
import { Keys } from "../../parts/keys";
import { prefer, preferences } from "../../parts/preferences";
import type { TypedAhead } from "../../parts/typed-ahead";
import { useChoices, useRecordChoices, useSync } from "../../records/hooks";
import { records } from "../../records/records";
import { go, toIncident } from "../../route";
import styles from "./palette.module.css";
import { useAnswer, useEnter } from "./use-answer";

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly keys: string | null;
  readonly words: string;
  readonly run: () => void;
}

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
    const inHand = mode === "first" ? null : place.current?.querySelector<HTMLElement>("[data-focused]");
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
          <Menu
            aria-label="Results"
            items={entries}
            className={styles.list ?? ""}
            onAction={(key) => choose(String(key))}
            renderEmptyState={() => (
              <p className={styles.none}>
                Nothing is called so. Try a client, a number or a word of the symptoms.
              </p>
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
        </Autocomplete>
      </div>
    </InFront>
  );
}

function hitEntry(hit: Hit): Entry {
  return {
    id: `incident:${hit.id}`,
    name: `${hit.label} ${hit.title}`,
    hint: `${hit.client_name} · severity ${hit.severity} · ${hit.phase}`,
    keys: null,
    words: "",
    run: () => go(toIncident(hit.id)),
  };
}

function deedEntries(view: IncidentView | undefined, ask: ReturnType<typeof useAsk>): Entry[] {
  if (view === undefined) return [];
  const about = { on: "incident", id: view.card.id } as const;
  return INCIDENT_DEEDS.flatMap((deed) => {
    const offer = view.offers.find((one) => one.verb === deed.verb);
    if (offer === undefined || offer.refusal !== null) return [];
    const run = () =>
      ask({ about, deeds: [deed], title: offer.label, of: `${view.card.label} ${view.card.title}` });
    return [entry(deed.verb, offer.label, view.card.label, deed.keys, deed.keywords.join(" "), run)];
  });
}

/** Deeds on no incident: what may be begun, and what may be done with a review, an exception, an audit. */
function governedEntries(
  choices: Choices | null,
  found: readonly RecordChoice[],
  ask: ReturnType<typeof useAsk>,
): Entry[] {
  const may = new Set<Verb>(found.flatMap((record) => record.may));
  for (const { verb, refusal } of choices?.offers ?? []) if (refusal === null) may.add(verb);
  return [...DESK_DEEDS, ...RECORD_DEEDS].flatMap((deed) => {
    if (!may.has(deed.verb) || deed.verb === "log_incident") return [];
    const run = () => ask({ about: { on: "desk" }, deeds: [deed], title: deed.label, of: "" });
    const hint = deed.on === "record" ? deed.record : "";
    return [entry(deed.verb, deed.label, hint, deed.keys, [hint, ...deed.keywords].join(" "), run)];
  });
}

function placeEntries(onNew: () => void, onKeys: () => void): Entry[] {
  return [
    entry("new", "New incident", "", "c", "log phone call create", onNew),
    entry("board", "Go to the board", "", "g b", "", () => go({ at: "board" })),
    entry("triage", "Go to triage", "", "g t", "signals inbox", () => go({ at: "triage", signal: null })),
    entry("duties", "Go to my work", "", "g m", "duties", () => go({ at: "duties" })),
    entry("attention", "Go to attention", "", "g a", "refused", () => go({ at: "attention" })),
    entry("keys", "List of keys", "", "?", "shortcuts help", onKeys),
    entry("undo", "Take back what was just done", "", "mod+z", "undo", () => void undoLatest()),
    entry("freeze", "Freeze or thaw live motion", "", "f8", "", () =>
      keys
        .list()
        .find((one) => one.keys === "f8")
        ?.run(),
    ),
  ];
}

/** The way out, and the way back in where the session has ended. */
function sessionEntries(link: LinkState | undefined): Entry[] {
  const out = entry("sign-out", "Sign out", "unsent work stays on this computer", null, "leave", signOut);
  if (link !== "signed_out") return [out];
  const again = () => go({ at: "sign_in" });
  return [entry("sign-in", "Sign in", "what waits unsent is sent then", null, "again", again), out];
}

function tasteEntries(): Entry[] {
  const { letterKeys } = preferences();
  return [
    entry("dark", "Theme: dark", "", null, "colour", () => prefer({ theme: "dark" })),
    entry("light", "Theme: light", "", null, "colour", () => prefer({ theme: "light" })),
    entry("system", "Theme: as the system", "", null, "colour", () => prefer({ theme: "system" })),
    entry("letters", `Switch keys of one letter ${letterKeys ? "off" : "on"}`, "", null, "shortcuts", () =>
      prefer({ letterKeys: !letterKeys }),
    ),
  ];
}

function entry(
  id: string,
  name: string,
  hint: string,
  chord: string | null,
  words: string,
  run: () => void,
): Entry {
  return { id, name, hint, keys: chord, words: `${name} ${words}`.toLowerCase(), run };
}
