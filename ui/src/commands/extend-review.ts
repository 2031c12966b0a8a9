// Extend review: another incident of the kind joins it (§3.7).
import { gap, type RecordDeed, said } from "./deed";
import { incidentField } from "./record";

export const extendReview: RecordDeed = {
  on: "record",
  record: "review",
  verb: "extend_review",
  label: "Extend review",
  keywords: ["join review"],
  icon: "merge",
  keys: null,
  fields: (_, ground) => [incidentField(ground, "Incident")],
  build: (record, values) => {
    if (values.incident === undefined) return gap("incident", "Choose the incident.");
    return {
      command: {
        verb: "extend_review",
        review: record.subject.id,
        incident: said(values, "incident"),
      },
    };
  },
};
