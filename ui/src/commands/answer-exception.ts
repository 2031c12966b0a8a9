// Answer exception: the question is answered and the decision goes on (§4.2).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const answerException: DeskDeed = {
  on: "desk",
  verb: "answer_exception",
  label: "Answer",
  keywords: ["reply", "exception"],
  icon: "note",
  keys: null,
  fields: () => [recordField("exception", "Exception"), { kind: "text", name: "text", label: "Answer" }],
  build: (values) => ({
    command: {
      verb: "answer_exception",
      exception: said(values, "exception"),
      text: said(values, "text"),
    },
  }),
};
