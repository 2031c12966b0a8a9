// Decide violation: management says whether it was one (§4.3).
import type { Choice, Grading } from "../bindings";
import { chosen, gap, options, type RecordDeed, said } from "./deed";
import { otherRecords, several } from "./record";

const GRADINGS: readonly Choice<Grading>[] = [
  { value: "slip", name: "A slip", hint: "" },
  { value: "repeated", name: "Repeated", hint: "" },
  { value: "negligent", name: "Negligent", hint: "" },
];
/** A word like the others: nobody is cleared, and nobody found at fault, by what was left open. */
const NONE = { value: "none", name: "It was none", hint: "" } as const;

export const decideViolation: RecordDeed = {
  on: "record",
  record: "violation",
  verb: "decide_violation",
  label: "Decide violation",
  keywords: ["grade", "dismiss", "confirm"],
  icon: "gauge",
  keys: null,
  fields: (record, ground) => [
    {
      kind: "choice",
      name: "grading",
      label: "How grave was it?",
      options: [...options(GRADINGS), NONE],
    },
    {
      kind: "several",
      name: "violations",
      label: "Earlier ones, if it is repeated",
      options: otherRecords(record, ground),
      optional: true,
    },
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values) => {
    const grading = chosen([...GRADINGS, NONE], values.grading);
    if (grading === undefined) return gap("grading", "Choose how grave it was, or that it was none.");
    return {
      command: {
        verb: "decide_violation",
        violation: record.subject.id,
        grading: grading === NONE.value ? null : grading,
        violations: several(values, "violations"),
        reason: said(values, "reason"),
      },
    };
  },
};
