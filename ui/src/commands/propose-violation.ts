// Propose violation: a record seems to show that a clause was not kept (§4.3).
import { type DeskDeed, gap, said } from "./deed";
import { CLAUSES, incidentField, personField } from "./record";

export const proposeViolation: DeskDeed = {
  on: "desk",
  verb: "propose_violation",
  label: "Propose violation",
  keywords: ["compliance", "breach of policy"],
  icon: "signal",
  keys: null,
  fields: (ground) => [
    personField(ground, "person", "Whose would it be?"),
    { kind: "choice", name: "clause", label: "Clause", options: CLAUSES },
    incidentField(ground, "Incident"),
    { kind: "text", name: "text", label: "What does the record show?" },
  ],
  build: (values, _, fresh) => {
    if (values.clause === undefined) return gap("clause", "Choose the clause.");
    if (values.person === undefined) return gap("person", "Choose a colleague.");
    if (values.incident === undefined) return gap("incident", "Choose the incident.");
    return {
      command: {
        verb: "propose_violation",
        violation: fresh,
        person: said(values, "person"),
        clause: said(values, "clause"),
        incident: said(values, "incident"),
        incidents: [],
        evidence: [],
        text: said(values, "text"),
      },
    };
  },
};
