// Write review: root cause, lessons, response (§3.7).
import type { Choice, SectionKind } from "../bindings";
import { chosen, type DeskDeed, gap, options, said } from "./deed";
import { recordField } from "./record";

const SECTIONS: readonly Choice<SectionKind>[] = [
  { value: "root_cause", name: "Root cause", hint: "" },
  { value: "lessons", name: "Lessons learned", hint: "" },
  { value: "response", name: "Effectiveness of the response", hint: "" },
];

export const writeReview: DeskDeed = {
  on: "desk",
  verb: "write_review",
  label: "Write review",
  keywords: ["root cause", "lessons", "effectiveness"],
  icon: "pencil",
  keys: null,
  fields: () => [
    recordField("review", "Review"),
    { kind: "choice", name: "section", label: "Part", options: options(SECTIONS) },
    { kind: "text", name: "text", label: "What is there to say?" },
  ],
  build: (values) => {
    const section = chosen(SECTIONS, values.section);
    if (section === undefined) return gap("section", "Choose a part.");
    return {
      command: {
        verb: "write_review",
        review: said(values, "review"),
        section,
        text: said(values, "text"),
        facts: [],
      },
    };
  },
};
