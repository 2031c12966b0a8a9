// Return exception: a question before the decision (§4.2).
import { type RecordDeed, said } from "./deed";
import { personFieldIfAny, saidIfAny } from "./record";

export const returnException: RecordDeed = {
  on: "record",
  record: "exception",
  verb: "return_exception",
  label: "Return exception",
  keywords: ["ask back", "question"],
  icon: "undo",
  keys: null,
  fields: (_, ground) => [
    personFieldIfAny(ground, "acting_for", "For whom, if it was delegated"),
    { kind: "text", name: "question", label: "What do you want to know?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "return_exception",
      exception: record.subject.id,
      acting_for: saidIfAny(values, "acting_for"),
      question: said(values, "question"),
    },
  }),
};
