// Complete review: all its parts are there (§3.7).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const completeReview: DeskDeed = {
  on: "desk",
  verb: "complete_review",
  label: "Complete review",
  keywords: ["reviewed"],
  icon: "check",
  keys: null,
  fields: () => [
    recordField("review", "Review"),
    { kind: "line", name: "took_part", label: "Who took part?" },
  ],
  build: (values) => ({
    command: {
      verb: "complete_review",
      review: said(values, "review"),
      took_part: said(values, "took_part"),
    },
  }),
};
