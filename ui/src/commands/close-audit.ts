// Close audit: every record was looked at, every finding is closed (§4.1).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const closeAudit: DeskDeed = {
  on: "desk",
  verb: "close_audit",
  label: "Close audit",
  keywords: ["end audit"],
  icon: "archive",
  keys: null,
  fields: () => [recordField("audit", "Audit"), { kind: "text", name: "text", label: "What did it show?" }],
  build: (values) => ({
    command: {
      verb: "close_audit",
      audit: said(values, "audit"),
      text: said(values, "text"),
    },
  }),
};
