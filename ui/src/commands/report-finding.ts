// Report finding: a record does not show what a clause asks for (§4.1).
import { gap, type RecordDeed, said } from "./deed";
import { CLAUSES, drawnField } from "./record";

export const reportFinding: RecordDeed = {
  on: "record",
  record: "audit",
  verb: "report_finding",
  label: "Report finding",
  keywords: ["audit finding"],
  icon: "note",
  keys: null,
  fields: (record) => [
    drawnField(record, "Record"),
    { kind: "choice", name: "clause", label: "Clause", options: CLAUSES },
    { kind: "text", name: "text", label: "What is missing?" },
  ],
  build: (record, values, _, fresh) => {
    if (values.clause === undefined) return gap("clause", "Choose the clause.");
    return {
      command: {
        verb: "report_finding",
        audit: record.subject.id,
        finding: fresh,
        incident: said(values, "incident"),
        clause: said(values, "clause"),
        text: said(values, "text"),
      },
    };
  },
};
