// Close finding: it was answered, and what came of it is said (§4.1).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const closeFinding: DeskDeed = {
  on: "desk",
  verb: "close_finding",
  label: "Close finding",
  keywords: ["settle"],
  icon: "check",
  keys: null,
  fields: () => [
    recordField("audit", "Audit"),
    recordField("finding", "Finding"),
    { kind: "text", name: "text", label: "What came of it?" },
  ],
  build: (values) => ({
    command: {
      verb: "close_finding",
      audit: said(values, "audit"),
      finding: said(values, "finding"),
      text: said(values, "text"),
    },
  }),
};
