// Review record: it was looked at and is in order (§4.1).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const reviewRecord: DeskDeed = {
  on: "desk",
  verb: "review_record",
  label: "Review record",
  keywords: ["in order", "seen"],
  icon: "magnifier",
  keys: null,
  fields: () => [
    recordField("audit", "Audit"),
    recordField("incident", "Record"),
    { kind: "text", name: "text", label: "What did you look at?" },
  ],
  build: (values) => ({
    command: {
      verb: "review_record",
      audit: said(values, "audit"),
      incident: said(values, "incident"),
      text: said(values, "text"),
    },
  }),
};
