// Request exception: a deviation is asked for in writing (§4.2).
import { type DeskDeed, type Field, type Ground, gap, options, said, type Values } from "./deed";
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
  icon: "hand",
  keys: null,
  fields: (ground, values) => [
    {
      kind: "choice",
      name: "clause",
      label: "Clause, or one of its demands",
      options: [...CLAUSES, ...options(ground.choices.demands)],
    },
    ...scope(ground, values),
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

/** One incident, or all of a client: never both, because the scope is exact. */
function scope(ground: Ground, values: Values): readonly Field[] {
  const incident = incidentFieldIfAny(ground, "Incident, if it is about one");
  if (said(values, "incident") !== "") return [incident];
  const client: Field = {
    kind: "choice",
    name: "client",
    label: "Client, if it is about all of its incidents",
    options: options(ground.choices.clients),
    optional: true,
  };
  return said(values, "client") === "" ? [incident, client] : [client];
}
