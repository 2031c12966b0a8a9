// What the palette lists: the deeds on the incident in front, places, the session, deeds on no incident, tastes, and the
// incidents that were found.
import type { Choices, Hit, IncidentView, LinkState, RecordChoice, Verb } from "../../bindings";
import { DESK_DEEDS, INCIDENT_DEEDS, RECORD_DEEDS } from "../../commands/all";
import type { Ask } from "../../doing/asking";
import { undoLatest } from "../../doing/run";
import { signOut } from "../../doing/sign-out";
import { keys } from "../../keys/use-keys";
import { prefer, preferences } from "../../parts/preferences";
import { go, toIncident } from "../../route";

/** One line of the palette. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly keys: string | null;
  readonly words: string;
  readonly run: () => void;
}

/** An incident that was found. */
export function hitEntry(hit: Hit): Entry {
  return {
    id: `incident:${hit.id}`,
    name: `${hit.label} ${hit.title}`,
    hint: `${hit.client_name} · severity ${hit.severity} · ${hit.phase}`,
    keys: null,
    words: "",
    run: () => go(toIncident(hit.id)),
  };
}

/** What may be done with the incident in front. */
export function deedEntries(view: IncidentView | undefined, ask: Ask): Entry[] {
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
export function governedEntries(choices: Choices | null, found: readonly RecordChoice[], ask: Ask): Entry[] {
  const may = new Set<Verb>(found.flatMap((record) => record.may));
  for (const { verb, refusal } of choices?.offers ?? []) if (refusal === null) may.add(verb);
  return [...DESK_DEEDS, ...RECORD_DEEDS].flatMap((deed) => {
    if (!may.has(deed.verb) || deed.verb === "log_incident") return [];
    const run = () => ask({ about: { on: "desk" }, deeds: [deed], title: deed.label, of: "" });
    const hint = deed.on === "record" ? deed.record : "";
    return [entry(deed.verb, deed.label, hint, deed.keys, [hint, ...deed.keywords].join(" "), run)];
  });
}

/** Where to go, and what works anywhere. */
export function placeEntries(onNew: () => void, onKeys: () => void): Entry[] {
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
export function sessionEntries(link: LinkState | undefined): Entry[] {
  const out = entry("sign-out", "Sign out", "unsent work stays on this computer", null, "leave", signOut);
  if (link !== "signed_out") return [out];
  const again = () => go({ at: "sign_in" });
  return [entry("sign-in", "Sign in", "what waits unsent is sent then", null, "again", again), out];
}

/** How the screen looks and listens. */
export function tasteEntries(): Entry[] {
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
