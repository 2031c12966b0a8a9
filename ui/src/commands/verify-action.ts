// Verify action: somebody else has seen that it is done (§3.7).
import { type RecordDeed, said } from "./deed";
import { partField } from "./record";

export const verifyAction: RecordDeed = {
  on: "record",
  record: "review",
  verb: "verify_action",
  label: "Verify action",
  keywords: ["check", "confirm"],
  icon: "magnifier",
  keys: null,
  fields: (record) => [
    partField(record, "action", "Action"),
    { kind: "text", name: "text", label: "What did you see?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "verify_action",
      review: record.subject.id,
      action: said(values, "action"),
      text: said(values, "text"),
    },
  }),
};
