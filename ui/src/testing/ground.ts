// What the forms of the tests stand on: the invented house on one afternoon, and an incident with everything a form
// may ask about.
import type { BreachChoice, IncidentView, SignalCard } from "../bindings";
import type { Ground } from "../commands/deed";
import { view } from "./views";
import { ME, world } from "./world";

export const NOW = Date.UTC(2026, 10, 23, 14);
export const invented = world(3, () => NOW);
export const ground: Ground = {
  choices: invented.choices,
  me: ME,
  opened: NOW,
  zone: "Europe/Berlin",
  cards: () => [...invented.cards.values()],
  records: invented.records,
  nameable: () => invented.choices.people,
  incidents: new Map(),
};

/** Two of one clock: by the clock alone nobody knows which one is meant. */
export const BREACHES: readonly [BreachChoice, BreachChoice] = [
  { clock: "resolution", due: NOW - 3_600_000, name: "Resolution, due 23 Nov 14:00", hint: "Severity 3" },
  { clock: "resolution", due: NOW, name: "Resolution, due 23 Nov 15:00", hint: "Severity 2" },
];

/** An incident that is assigned, breached twice, and proposed for a lower severity. */
export function incident(): IncidentView {
  const drawn = view(invented, "incident-1");
  return {
    ...drawn,
    urgency: "low",
    lowering: { value: 4, name: "4 Low, instead of 3", hint: "Tom Ivy: one user" },
    card: { ...drawn.card, assignee: "person-ivy", severity: 3 },
    breaches: [...BREACHES],
  };
}

/** A signal that waits in triage. */
export function signal(): SignalCard {
  const found = invented.signals.get("signal-1");
  if (found === undefined) throw new Error("no such signal");
  return found;
}
