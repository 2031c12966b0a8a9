// Return exception: a question before the decision (§4.2).
import { type DeskDeed, said } from "./deed";
import { personFieldIfAny, recordField, saidIfAny } from "./record";

export const returnException: DeskDeed = {
  on: "desk",
  verb: "return_exception",
  label: "Return exception",
  keywords: ["ask back", "question"],
  icon: "undo",
  keys: null,
  fields: (ground) => [
    recordField("exception", "Exception"),
    personFieldIfAny(ground, "acting_for", "For whom, if it was delegated"),
    { kind: "text", name: "question", label: "What do you want to know?" },
  ],
  build: (values) => ({
    command: {
      verb: "return_exception",
      exception: said(values, "exception"),
      acting_for: saidIfAny(values, "acting_for"),
      question: said(values, "question"),
    },
  }),
};
