// Uphold action: it came again, but not for want of this action (§3.7).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const upholdAction: DeskDeed = {
  on: "desk",
  verb: "uphold_action",
  label: "Uphold action",
  keywords: ["was enough"],
  icon: "hand",
  keys: null,
  fields: () => [
    recordField("review", "Review"),
    recordField("action", "Action"),
    { kind: "text", name: "reason", label: "Why was it enough?" },
  ],
  build: (values) => ({
    command: {
      verb: "uphold_action",
      review: said(values, "review"),
      action: said(values, "action"),
      reason: said(values, "reason"),
    },
  }),
};
