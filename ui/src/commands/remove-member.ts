// Remove a member of a suspicion (§5).
import { gap, type RecordDeed, said } from "./deed";
import { whomField } from "./whom";

export const removeMember: RecordDeed = {
  on: "record",
  record: "suspicion",
  verb: "remove_member",
  label: "Remove member",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: (record, ground) => [
    whomField(ground, { naming: "member", suspicion: record.subject.id }, "person", "Who is to know no more"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values) => {
    const person = said(values, "person");
    if (person === "") return gap("person", "Choose a colleague.");
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
