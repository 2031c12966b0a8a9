// Propose violation: a record seems to show that a clause was not kept (§4.3).
import type { IncidentId } from "../bindings";
import { type DeskDeed, gap, said, type Values } from "./deed";
import { linesChosen, linesField } from "./lines";
import { CLAUSES, incidentField, incidentsField, several } from "./record";
import { whomField } from "./whom";

export const proposeViolation: DeskDeed = {
  on: "desk",
  verb: "propose_violation",
  label: "Propose violation",
  keywords: ["compliance", "breach of policy"],
  icon: "signal",
  keys: null,
  reads: named,
  fields: (ground, values) => [
    whomField(ground, { naming: "answerable" }, "person", "Whose would it be?"),
    { kind: "choice", name: "clause", label: "Clause", options: CLAUSES },
    incidentField(ground, "Incident"),
    incidentsField(ground, "Other records of the same outage"),
    linesField(ground, named(values), "evidence", "Which lines of the log show it?"),
    { kind: "text", name: "text", label: "What does the record show?" },
  ],
  build: (values, ground, fresh) => {
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
        incidents: several(values, "incidents"),
        evidence: linesChosen(ground, named(values), values, "evidence"),
        text: said(values, "text"),
      },
    };
  },
};

function named(values: Values): readonly IncidentId[] {
  return [...new Set([...several(values, "incident"), ...several(values, "incidents")])];
}
