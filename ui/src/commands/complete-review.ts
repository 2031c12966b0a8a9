// Complete review: all its parts are there (§3.7).
import { type RecordDeed, said } from "./deed";

export const completeReview: RecordDeed = {
  on: "record",
  record: "review",
  verb: "complete_review",
  label: "Complete review",
  keywords: ["reviewed"],
  icon: "check",
  keys: null,
  fields: () => [{ kind: "line", name: "took_part", label: "Who took part?" }],
  build: (record, values) => ({
    command: {
      verb: "complete_review",
      review: record.subject.id,
      took_part: said(values, "took_part"),
    },
  }),
};
