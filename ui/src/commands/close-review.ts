// Close review: every action is verified (§3.7).
import { type DeskDeed, said } from "./deed";
import { incidentFieldIfAny, recordField, saidIfAny } from "./record";

export const closeReview: DeskDeed = {
  on: "desk",
  verb: "close_review",
  label: "Close review",
  keywords: ["end review"],
  icon: "archive",
  keys: null,
  fields: (ground) => [
    recordField("review", "Review"),
    incidentFieldIfAny(ground, "The incident whose exception allows open actions"),
    { kind: "text", name: "text", label: "Closing remark" },
  ],
  build: (values) => ({
    command: {
      verb: "close_review",
      review: said(values, "review"),
      incident: saidIfAny(values, "incident"),
      text: said(values, "text"),
    },
  }),
};
