// Decide violation: management says whether it was one (§4.3).
import type { Choice, Grading } from "../bindings";
import { chosen, options, type RecordDeed, said } from "./deed";
import { otherRecords, several } from "./record";

const GRADINGS: readonly Choice<Grading>[] = [
  { value: "slip", name: "A slip", hint: "" },
  { value: "repeated", name: "Repeated", hint: "" },
  { value: "negligent", name: "Negligent", hint: "" },
];

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
      options: options(GRADINGS),
      optional: true,
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
    const grading = chosen(GRADINGS, values.grading) ?? null;
    return {
      command: {
        verb: "decide_violation",
        violation: record.subject.id,
        grading,
        violations: several(values, "violations"),
        reason: said(values, "reason"),
      },
    };
  },
};
