// Reopen action: it is not done, or it was not enough (§3.7).
import { type RecordDeed, said } from "./deed";
import { instantOf, momentAhead } from "./moment";
import { partField } from "./record";

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
    momentAhead("due_by", "By when?"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "reopen_action",
      review: record.subject.id,
      action: said(values, "action"),
      due_by: instantOf(values, "due_by"),
      reason: said(values, "reason"),
    },
  }),
};
