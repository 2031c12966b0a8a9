// Verify action: somebody else has seen that it is done (§3.7).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const verifyAction: DeskDeed = {
  on: "desk",
  verb: "verify_action",
  label: "Verify action",
  keywords: ["check", "confirm"],
  icon: "magnifier",
  keys: null,
  fields: () => [
    recordField("review", "Review"),
    recordField("action", "Action"),
    { kind: "text", name: "text", label: "What did you see?" },
  ],
  build: (values) => ({
    command: {
      verb: "verify_action",
      review: said(values, "review"),
      action: said(values, "action"),
      text: said(values, "text"),
    },
  }),
};
