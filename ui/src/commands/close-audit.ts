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
  fields: () => [{ kind: "text", name: "text", label: "What did it show?" }],
  build: (record, values) => ({
    command: {
      verb: "close_audit",
      audit: record.subject.id,
      text: said(values, "text"),
    },
  }),
};
