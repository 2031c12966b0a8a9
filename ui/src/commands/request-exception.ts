// Request exception: a deviation is asked for in writing (§4.2).
import { type DeskDeed, gap, options, said } from "./deed";
import {
  ahead,
  CLAUSES,
  incidentFieldIfAny,
  minutesAhead,
  personFieldIfAny,
  saidIfAny,
  several,
} from "./record";

export const requestException: DeskDeed = {
  on: "desk",
  verb: "request_exception",
  label: "Request exception",
  keywords: ["deviation", "waive", "exempt"],
  icon: "key",
  keys: null,
  fields: (ground) => [
    { kind: "choice", name: "clause", label: "Clause", options: CLAUSES },
    incidentFieldIfAny(ground, "Incident, if it is about one"),
    {
      kind: "choice",
      name: "client",
      label: "Client, if it is about all of its incidents",
      options: options(ground.choices.clients),
      optional: true,
    },
    minutesAhead("until", "Until when?"),
    { kind: "text", name: "prevents", label: "What prevents keeping to it?" },
    { kind: "text", name: "if_refused", label: "What happens if it is refused?" },
    { kind: "text", name: "affected", label: "Who is affected?" },
    { kind: "text", name: "control", label: "What compensates for it meanwhile?" },
    personFieldIfAny(ground, "beneficiary", "Who would otherwise be in breach?"),
  ],
  build: (values, ground, fresh) => {
    if (values.clause === undefined) return gap("clause", "Choose the clause.");
    return {
      command: {
        verb: "request_exception",
        exception: fresh,
        clause: said(values, "clause"),
        clock: null,
        incident: saidIfAny(values, "incident"),
        client: saidIfAny(values, "client"),
        service: null,
        begins_at: null,
        until: ahead(values, "until", ground),
        prevents: said(values, "prevents"),
        if_refused: said(values, "if_refused"),
        affected: said(values, "affected"),
        control: said(values, "control"),
        evidence: [],
        beneficiaries: several(values, "beneficiary"),
        renewal_of: null,
      },
    };
  },
};
