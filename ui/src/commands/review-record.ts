// Review record: it was looked at and is in order (§4.1).
import { type RecordDeed, said } from "./deed";
import { drawnField } from "./record";

export const reviewRecord: RecordDeed = {
  on: "record",
  record: "audit",
  verb: "review_record",
  label: "Review record",
  keywords: ["in order", "seen"],
  icon: "magnifier",
  keys: null,
  fields: (record) => [
    drawnField(record, "Record"),
    { kind: "text", name: "text", label: "What did you look at?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "review_record",
      audit: record.subject.id,
      incident: said(values, "incident"),
      text: said(values, "text"),
    },
  }),
};
