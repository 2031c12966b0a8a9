// Remove a member of a suspicion (§5).
import { chosen, gap, options, type RecordDeed, said } from "./deed";

export const removeMember: RecordDeed = {
  on: "record",
  record: "suspicion",
  verb: "remove_member",
  label: "Remove member",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: (_, ground) => [
    {
      kind: "choice",
      name: "person",
      label: "Who is to know no more",
      options: options(ground.choices.people),
    },
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values, ground) => {
    const person = chosen(ground.choices.people, values.person);
    if (person === undefined) return gap("person", "Choose a colleague.");
    return {
      command: {
        verb: "remove_member",
        suspicion: record.subject.id,
        person,
        reason: said(values, "reason"),
      },
    };
  },
};
