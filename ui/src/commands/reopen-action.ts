// Reopen action: it is not done, or it was not enough (§3.7).
import { type DeskDeed, said } from "./deed";
import { ahead, minutesAhead, recordField } from "./record";

export const reopenAction: DeskDeed = {
  on: "desk",
  verb: "reopen_action",
  label: "Reopen action",
  keywords: ["again", "not enough"],
  icon: "undo",
  keys: null,
  fields: () => [
    recordField("review", "Review"),
    recordField("action", "Action"),
    minutesAhead("due_by", "By when?"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (values, ground) => ({
    command: {
      verb: "reopen_action",
      review: said(values, "review"),
      action: said(values, "action"),
      due_by: ahead(values, "due_by", ground),
      reason: said(values, "reason"),
    },
  }),
};
