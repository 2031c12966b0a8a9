// Finish action: it is done, and here is the evidence (§3.7).
import { type RecordDeed, said } from "./deed";
import { partField } from "./record";

export const finishAction: RecordDeed = {
  on: "record",
  record: "review",
  verb: "finish_action",
  label: "Finish action",
  keywords: ["done", "evidence"],
  icon: "check",
  keys: null,
  fields: (record) => [
    partField(record, "action", "Action"),
    { kind: "text", name: "evidence", label: "What shows that it is done?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "finish_action",
      review: record.subject.id,
      action: said(values, "action"),
      evidence: said(values, "evidence"),
    },
  }),
};
