// Decide violation: management says whether it was one (§4.3).
import type { Choice, Grading } from "../bindings";
import { chosen, type DeskDeed, options, said } from "./deed";
import { recordField, several } from "./record";

const GRADINGS: readonly Choice<Grading>[] = [
  { value: "slip", name: "A slip", hint: "" },
  { value: "repeated", name: "Repeated", hint: "" },
  { value: "negligent", name: "Negligent", hint: "" },
];

export const decideViolation: DeskDeed = {
  on: "desk",
  verb: "decide_violation",
  label: "Decide violation",
  keywords: ["grade", "dismiss", "confirm"],
  icon: "gauge",
  keys: null,
  fields: () => [
    recordField("violation", "Violation"),
    {
      kind: "choice",
      name: "grading",
      label: "How grave was it?",
      options: options(GRADINGS),
      optional: true,
    },
    {
      kind: "line",
      name: "violations",
      label: "Earlier ones, if it is repeated",
      hint: "Their ids, parted by spaces.",
      optional: true,
    },
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (values) => {
    const grading = chosen(GRADINGS, values.grading) ?? null;
    return {
      command: {
        verb: "decide_violation",
        violation: said(values, "violation"),
        grading,
        violations: several(values, "violations"),
        reason: said(values, "reason"),
      },
    };
  },
};
