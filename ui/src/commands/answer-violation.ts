// Answer violation: the person says how it was (§4.3).
import type { Choice, Excuse } from "../bindings";
import { chosen, options, type RecordDeed, said } from "./deed";

const EXCUSES: readonly Choice<Excuse>[] = [
  { value: "staffing", name: "Too few people", hint: "" },
  { value: "instruction", name: "Somebody entitled to it had said so", hint: "" },
  { value: "tools", name: "Systems did not allow it", hint: "" },
];

export const answerViolation: RecordDeed = {
  on: "record",
  record: "violation",
  verb: "answer_violation",
  label: "Answer violation",
  keywords: ["reply", "my side"],
  icon: "note",
  keys: null,
  fields: () => [
    { kind: "text", name: "text", label: "How was it?" },
    {
      kind: "choice",
      name: "excuse",
      label: "What else explains it?",
      options: options(EXCUSES),
      optional: true,
    },
  ],
  build: (record, values) => {
    const excuse = chosen(EXCUSES, values.excuse) ?? null;
    return {
      command: {
        verb: "answer_violation",
        violation: record.subject.id,
        text: said(values, "text"),
        excuse,
      },
    };
  },
};
