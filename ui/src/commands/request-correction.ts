// Request correction: a breach on record was none, because the record was wrong (§4.2; ruling 5).
import { chosen, gap, type IncidentDeed, options, said } from "./deed";
import { linesOf } from "./lines";
import { several } from "./recorded";

export const requestCorrection: IncidentDeed = {
  on: "incident",
  verb: "request_correction",
  label: "Request correction",
  keywords: ["wrong", "breach", "mistake", "record"],
  icon: "hand",
  keys: null,
  begins: true,
  fields: (view, ground) => [
    { kind: "choice", name: "clock", label: "Which target?", options: options(ground.choices.clocks) },
    { kind: "text", name: "wrong", label: "What in the record is wrong?" },
    { kind: "text", name: "truly", label: "How was it truly?" },
    { kind: "several", name: "entries", label: "Which lines of the log show it?", options: linesOf(view) },
  ],
  build: (view, values, ground, fresh) => {
    const clock = chosen(ground.choices.clocks, values.clock);
    if (clock === undefined) return gap("clock", "Choose the target.");
    return {
      command: {
        verb: "request_correction",
        exception: fresh,
        incident: view.card.id,
        clock,
        wrong: said(values, "wrong"),
        truly: said(values, "truly"),
        entries: several(linesOf(view), values.entries),
      },
    };
  },
};
