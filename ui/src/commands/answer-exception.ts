// Answer exception: the question is answered and the decision goes on (§4.2).
import { type RecordDeed, said } from "./deed";

export const answerException: RecordDeed = {
  on: "record",
  record: "exception",
  verb: "answer_exception",
  label: "Answer",
  keywords: ["reply", "exception"],
  icon: "note",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "Answer" }],
  build: (record, values) => ({
    command: {
      verb: "answer_exception",
      exception: record.subject.id,
      text: said(values, "text"),
    },
  }),
};
