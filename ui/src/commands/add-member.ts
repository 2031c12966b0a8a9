// Add a member of a suspicion (§5).
import { chosen, gap, type RecordDeed } from "./deed";
import { whomField } from "./whom";

export const addMember: RecordDeed = {
  on: "record",
  record: "suspicion",
  verb: "add_member",
  label: "Add member",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: (record, ground) => [
    whomField(ground, { naming: "new_member", suspicion: record.subject.id }, "person", "Who is to know"),
  ],
  build: (record, values, ground) => {
    const person = chosen(ground.choices.people, values.person);
    if (person === undefined) return gap("person", "Choose a colleague.");
    return { command: { verb: "add_member", suspicion: record.subject.id, person } };
  },
};
