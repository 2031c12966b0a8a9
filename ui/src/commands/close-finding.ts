// Close finding: it was answered, and what came of it is said (§4.1).
import { type RecordDeed, said } from "./deed";
import { partField } from "./record";

export const closeFinding: RecordDeed = {
  on: "record",
  record: "audit",
  verb: "close_finding",
  label: "Close finding",
  keywords: ["settle"],
  icon: "check",
  keys: null,
  fields: (record) => [
    partField(record, "finding", "Finding"),
    { kind: "text", name: "text", label: "What came of it?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "close_finding",
      audit: record.subject.id,
      finding: said(values, "finding"),
      text: said(values, "text"),
    },
  }),
};
