// Mark who joined or left the bridge call (§3.6).
import { chosen, gap, type IncidentDeed, options } from "./deed";

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
  fields: (_, ground) => [
    { kind: "choice", name: "person", label: "Who", options: options(ground.choices.people) },
    { kind: "choice", name: "mark", label: "What", options: MARKS },
  ],
  build: (view, values, ground) => {
    const person = chosen(ground.choices.people, values.person);
    if (person === undefined) return gap("person", "Choose a colleague.");
    const mark = chosen(MARKS, values.mark);
    if (mark === undefined) return gap("mark", "Choose one.");
    return { command: { verb: "mark_attendance", incident: view.card.id, person, mark } };
  },
};
