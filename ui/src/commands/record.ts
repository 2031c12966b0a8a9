// Questions that deeds on exceptions, reviews, violations and audits share.
//
// A record of these kinds is named by its id, as its link shows it.
import { type Field, type Ground, options, said, type Values } from "./deed";

const MINUTE = 60_000;

/** The clauses that can be deviated from or not kept. */
export const CLAUSES = ["§3.1", "§3.2", "§3.3", "§3.4", "§3.5", "§3.6", "§3.7", "§4.1", "§6"].map(
  (value) => ({
    value,
    name: value,
    hint: "",
  }),
);

/** The record a deed is about. */
export function recordField(name: string, label: string): Field {
  return { kind: "line", name, label, hint: "Its id, as its link shows it." };
}

/** One open incident. */
export function incidentField(ground: Ground, label: string): Field {
  return { kind: "choice", name: "incident", label, options: cards(ground) };
}

/** One open incident, or none. */
export function incidentFieldIfAny(ground: Ground, label: string): Field {
  return { kind: "choice", name: "incident", label, options: cards(ground), optional: true };
}

/** Several open incidents. */
export function incidentsField(ground: Ground, label: string): Field {
  return { kind: "several", name: "incidents", label, options: cards(ground), optional: true };
}

/** One colleague. */
export function personField(ground: Ground, name: string, label: string): Field {
  return { kind: "choice", name, label, options: options(ground.choices.people) };
}

/** One colleague, or nobody. */
export function personFieldIfAny(ground: Ground, name: string, label: string): Field {
  return { kind: "choice", name, label, options: options(ground.choices.people), optional: true };
}

/** How long from now. */
export function minutesAhead(name: string, label: string): Field {
  return { kind: "line", name, label, hint: "Minutes from now." };
}

/** The instant so many minutes ahead; where nothing sensible was typed, the policy says what is wrong with now. */
export function ahead(values: Values, name: string, ground: Ground): number {
  return ground.opened + Math.round((Number(values[name]) || 0) * MINUTE);
}

/** The same, where it may be left open. */
export function aheadIfAny(values: Values, name: string, ground: Ground): number | null {
  return said(values, name) === "" ? null : ahead(values, name, ground);
}

/** What was said, or nothing. */
export function saidIfAny(values: Values, name: string): string | null {
  return said(values, name) || null;
}

/** Several choices, parted by spaces. */
export function several(values: Values, name: string): string[] {
  return said(values, name).split(" ").filter(Boolean);
}

function cards(ground: Ground) {
  return ground.cards().map((card) => ({
    value: card.id,
    name: `${card.label} ${card.title}`,
    hint: card.client_name,
  }));
}
