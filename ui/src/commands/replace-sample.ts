// Replace sample: a drawn record gives way to the next of the draw (§4.1).
import { type DeskDeed, said } from "./deed";
import { recordField } from "./record";

export const replaceSample: DeskDeed = {
  on: "desk",
  verb: "replace_sample",
  label: "Replace in sample",
  keywords: ["swap"],
  icon: "restore",
  keys: null,
  fields: () => [
    recordField("audit", "Audit"),
    recordField("incident", "Record that gives way"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (values) => ({
    command: {
      verb: "replace_sample",
      audit: said(values, "audit"),
      incident: said(values, "incident"),
      reason: said(values, "reason"),
    },
  }),
};
