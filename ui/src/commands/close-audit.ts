// Close audit: every record was looked at, every finding is closed (§4.1).
import { type RecordDeed, said } from "./deed";

export const closeAudit: RecordDeed = {
  on: "record",
  record: "audit",
  verb: "close_audit",
  label: "Close audit",
  keywords: ["end audit"],
  icon: "archive",
  keys: null,
  fields: () => [
    { kind: "text", name: "text", label: "What did it show?" },
    { kind: "text", name: "figures", label: "What do the figures of service levels say?" },
    { kind: "text", name: "process", label: "How does the process do, and what is to change?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "close_audit",
      audit: record.subject.id,
      text: said(values, "text"),
      figures: said(values, "figures"),
      process: said(values, "process"),
    },
  }),
};
