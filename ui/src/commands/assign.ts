// Assign: to one person for resolution (§3.1). Assigned is not yet accepted.
import type { Card, Command, PersonId } from "../bindings";
import { chosen, gap, type IncidentDeed } from "./deed";
import { whomField } from "./whom";

/** The command: from whoever has it now. */
export function assigned(card: Card, to: PersonId): Command {
  return { verb: "assign", incident: card.id, from: card.assignee, to };
}

export const assign: IncidentDeed = {
  on: "incident",
  verb: "assign",
  label: "Assign",
  keywords: ["owner", "person", "hand over"],
  icon: "person",
  keys: "a",
  fields: (view, ground) => [
    whomField(ground, { naming: "assignee", incident: view.card.id }, "to", "Assign to"),
  ],
  build: (view, values, ground) => {
    const to = chosen(ground.choices.people, values.to);
    if (to === undefined) return gap("to", "Choose a colleague.");
    return { command: assigned(view.card, to) };
  },
};
