// Reopen action: it is not done, it was not enough, or somebody else is to do it (§3.7).
import { type RecordDeed, said } from "./deed";
import { instantOf, momentAhead } from "./moment";
import { partField, personFieldIfAny, saidIfAny } from "./record";

export const reopenAction: RecordDeed = {
  on: "record",
  record: "review",
  verb: "reopen_action",
  label: "Reopen action",
  keywords: ["again", "not enough", "give to", "hand over"],
  icon: "undo",
  keys: null,
  fields: (record, ground) => [
    partField(record, "action", "Action"),
    personFieldIfAny(ground, "owner", "Who does it, if somebody else"),
    momentAhead("due_by", "By when?"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "reopen_action",
      review: record.subject.id,
      action: said(values, "action"),
      owner: saidIfAny(values, "owner"),
      due_by: instantOf(values, "due_by"),
      reason: said(values, "reason"),
    },
  }),
};
