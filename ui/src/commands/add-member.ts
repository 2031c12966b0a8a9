// Add a member of a suspicion (§5).
import { chosen, gap, options, type RecordDeed } from "./deed";

export const addMember: RecordDeed = {
  on: "record",
  record: "suspicion",
  verb: "add_member",
  label: "Add member",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: (_, ground) => [
    { kind: "choice", name: "person", label: "Who is to know", options: options(ground.choices.people) },
  ],
  build: (record, values, ground) => {
    const person = chosen(ground.choices.people, values.person);
    if (person === undefined) return gap("person", "Choose a colleague.");
    return { command: { verb: "add_member", suspicion: record.subject.id, person } };
  },
};
