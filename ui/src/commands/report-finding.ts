// Report finding: a record does not show what a clause asks for (§4.1).
import { type DeskDeed, gap, said } from "./deed";
import { CLAUSES, recordField } from "./record";

export const reportFinding: DeskDeed = {
  on: "desk",
  verb: "report_finding",
  label: "Report finding",
  keywords: ["audit finding"],
  icon: "note",
  keys: null,
  fields: () => [
    recordField("audit", "Audit"),
    recordField("incident", "Record"),
    { kind: "choice", name: "clause", label: "Clause", options: CLAUSES },
    { kind: "text", name: "text", label: "What is missing?" },
  ],
  build: (values, _, fresh) => {
    if (values.clause === undefined) return gap("clause", "Choose the clause.");
    return {
      command: {
        verb: "report_finding",
        audit: said(values, "audit"),
        finding: fresh,
        incident: said(values, "incident"),
        clause: said(values, "clause"),
        text: said(values, "text"),
      },
    };
  },
};
