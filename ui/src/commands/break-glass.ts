// Break glass: act first, be judged after (§4.2).
import { type DeskDeed, gap, said } from "./deed";
import { instantOf, momentAhead } from "./moment";
import { CLAUSES, incidentField } from "./record";

export const breakGlass: DeskDeed = {
  on: "desk",
  verb: "break_glass",
  label: "Break glass",
  keywords: ["emergency", "act now", "override"],
  icon: "key",
  keys: null,
  fields: (ground) => [
    incidentField(ground, "Incident"),
    { kind: "choice", name: "clause", label: "Clause", options: CLAUSES },
    momentAhead("until", "Until when?"),
    { kind: "text", name: "prevents", label: "What prevents keeping to it?" },
    { kind: "text", name: "if_refused", label: "What happens if nobody acts now?" },
    { kind: "text", name: "control", label: "What compensates for it meanwhile?" },
  ],
  build: (values, _, fresh) => {
    if (values.clause === undefined) return gap("clause", "Choose the clause.");
    if (values.incident === undefined) return gap("incident", "Choose the incident.");
    return {
      command: {
        verb: "break_glass",
        exception: fresh,
        incident: said(values, "incident"),
        clause: said(values, "clause"),
        until: instantOf(values, "until"),
        prevents: said(values, "prevents"),
        if_refused: said(values, "if_refused"),
        control: said(values, "control"),
      },
    };
  },
};
