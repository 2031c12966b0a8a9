// Answer finding: those who handled the record say how it was (§4.1).
import { type RecordDeed, said } from "./deed";
import { partField } from "./record";

export const answerFinding: RecordDeed = {
  on: "record",
  record: "audit",
  verb: "answer_finding",
  label: "Answer finding",
  keywords: ["reply"],
  icon: "note",
  keys: null,
  fields: (record) => [
    partField(record, "finding", "Finding"),
    { kind: "text", name: "text", label: "Answer" },
  ],
  build: (record, values) => ({
    command: {
      verb: "answer_finding",
      audit: record.subject.id,
      finding: said(values, "finding"),
      text: said(values, "text"),
    },
  }),
};
