// Answer finding: those who handled the record say how it was (§4.1).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const answerFinding: DeskDeed = {
  on: "desk",
  verb: "answer_finding",
  label: "Answer finding",
  keywords: ["reply"],
  icon: "note",
  keys: null,
  fields: () => [
    recordField("audit", "Audit"),
    recordField("finding", "Finding"),
    { kind: "text", name: "text", label: "Answer" },
  ],
  build: (values) => ({
    command: {
      verb: "answer_finding",
      audit: said(values, "audit"),
      finding: said(values, "finding"),
      text: said(values, "text"),
    },
  }),
};
