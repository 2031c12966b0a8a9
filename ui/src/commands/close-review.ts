// Close review: every action is verified (§3.7).
import { type RecordDeed, said } from "./deed";
import { coveredFieldIfAny, saidIfAny } from "./record";

export const closeReview: RecordDeed = {
  on: "record",
  record: "review",
  verb: "close_review",
  label: "Close review",
  keywords: ["end review"],
  icon: "archive",
  keys: null,
  fields: (record) => [
    coveredFieldIfAny(record, "The incident whose exception allows open actions"),
    { kind: "text", name: "text", label: "Closing remark" },
  ],
  build: (record, values) => ({
    command: {
      verb: "close_review",
      review: record.subject.id,
      incident: saidIfAny(values, "incident"),
      text: said(values, "text"),
    },
  }),
};
