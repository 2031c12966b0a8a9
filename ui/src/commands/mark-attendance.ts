// Mark who joined or left the bridge call (§3.6).
import type { IncidentView, Naming } from "../bindings";
import { chosen, gap, type IncidentDeed, type Values } from "./deed";
import { whomField } from "./whom";

const MARKS = [
  { value: "joined", name: "Joined", hint: "" },
  { value: "left", name: "Left", hint: "" },
] as const;

export const markAttendance: IncidentDeed = {
  on: "incident",
  verb: "mark_attendance",
  label: "Mark attendance",
  keywords: ["joined", "left", "bridge"],
  icon: "person",
  keys: null,
  fields: (view, ground, values) => [
    { kind: "choice", name: "mark", label: "What", options: MARKS },
    whomField(ground, marked(view, values), "person", "Who"),
  ],
  build: (view, values, ground) => {
    const mark = chosen(MARKS, values.mark);
    if (mark === undefined) return gap("mark", "Choose one.");
    const person = chosen(ground.choices.people, values.person);
    if (person === undefined) return gap("person", "Choose a colleague.");
    return { command: { verb: "mark_attendance", incident: view.card.id, person, mark } };
  },
};

/** Whoever is on the call can leave it, and whoever is not can join. */
function marked(view: IncidentView, values: Values): Naming | undefined {
  const mark = chosen(MARKS, values.mark);
  return mark && { naming: "attendee", incident: view.card.id, mark };
}
