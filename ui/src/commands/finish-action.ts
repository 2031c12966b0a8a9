// Finish action: it is done, and here is the evidence (§3.7).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const finishAction: DeskDeed = {
  on: "desk",
  verb: "finish_action",
  label: "Finish action",
  keywords: ["done", "evidence"],
  icon: "check",
  keys: null,
  fields: () => [
    recordField("review", "Review"),
    recordField("action", "Action"),
    { kind: "text", name: "evidence", label: "What shows that it is done?" },
  ],
  build: (values) => ({
    command: {
      verb: "finish_action",
      review: said(values, "review"),
      action: said(values, "action"),
      evidence: said(values, "evidence"),
    },
  }),
};
