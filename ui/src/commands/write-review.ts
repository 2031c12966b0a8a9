// Write review: root cause, lessons, response (§3.7).
import type { Choice, SectionKind } from "../bindings";
import { chosen, gap, options, type RecordDeed, said } from "./deed";
import { linesChosen, linesField } from "./lines";
import { covered } from "./record";

const SECTIONS: readonly Choice<SectionKind>[] = [
  { value: "root_cause", name: "Root cause", hint: "" },
  { value: "lessons", name: "Lessons learned", hint: "" },
  { value: "response", name: "Effectiveness of the response", hint: "" },
];

export const writeReview: RecordDeed = {
  on: "record",
  record: "review",
  verb: "write_review",
  label: "Write review",
  keywords: ["root cause", "lessons", "effectiveness"],
  icon: "pencil",
  keys: null,
  reads: covered,
  fields: (record, ground) => [
    { kind: "choice", name: "section", label: "Part", options: options(SECTIONS) },
    { kind: "text", name: "text", label: "What is there to say?" },
    linesField(ground, covered(record), "facts", "Which lines of the log does it rest on?"),
  ],
  build: (record, values, ground) => {
    const section = chosen(SECTIONS, values.section);
    if (section === undefined) return gap("section", "Choose a part.");
    return {
      command: {
        verb: "write_review",
        review: record.subject.id,
        section,
        text: said(values, "text"),
        facts: linesChosen(ground, covered(record), values, "facts"),
      },
    };
  },
};
