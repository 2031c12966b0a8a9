// Uphold action: it did not come again, or not for want of this action (§3.7).
import { type RecordDeed, said } from "./deed";
import { partField } from "./record";

export const upholdAction: RecordDeed = {
  on: "record",
  record: "review",
  verb: "uphold_action",
  label: "Uphold action",
  keywords: ["was enough"],
  icon: "hand",
  keys: null,
  fields: (record) => [
    partField(record, "action", "Action"),
    { kind: "text", name: "reason", label: "Why was it enough?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "uphold_action",
      review: record.subject.id,
      action: said(values, "action"),
      reason: said(values, "reason"),
    },
  }),
};
