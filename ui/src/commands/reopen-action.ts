// Reopen action: it is not done, or it was not enough (§3.7).
import { type RecordDeed, said } from "./deed";
import { ahead, minutesAhead, partField } from "./record";

export const reopenAction: RecordDeed = {
  on: "record",
  record: "review",
  verb: "reopen_action",
  label: "Reopen action",
  keywords: ["again", "not enough"],
  icon: "undo",
  keys: null,
  fields: (record) => [
    partField(record, "action", "Action"),
    minutesAhead("due_by", "By when?"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values, ground) => ({
    command: {
      verb: "reopen_action",
      review: record.subject.id,
      action: said(values, "action"),
      due_by: ahead(values, "due_by", ground),
      reason: said(values, "reason"),
    },
  }),
};
