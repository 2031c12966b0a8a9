// Replace sample: a drawn record gives way to the next of the draw (§4.1).
import { type RecordDeed, said } from "./deed";
import { drawnField } from "./record";

export const replaceSample: RecordDeed = {
  on: "record",
  record: "audit",
  verb: "replace_sample",
  label: "Replace in sample",
  keywords: ["swap"],
  icon: "restore",
  keys: null,
  fields: (record) => [
    drawnField(record, "Record that gives way"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "replace_sample",
      audit: record.subject.id,
      incident: said(values, "incident"),
      reason: said(values, "reason"),
    },
  }),
};
