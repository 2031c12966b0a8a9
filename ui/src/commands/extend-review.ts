// Extend review: another incident of the kind joins it (§3.7).
import { type DeskDeed, gap, said } from "./deed";
import { incidentField, recordField } from "./record";

export const extendReview: DeskDeed = {
  on: "desk",
  verb: "extend_review",
  label: "Extend review",
  keywords: ["join review"],
  icon: "merge",
  keys: null,
  fields: (ground) => [recordField("review", "Review"), incidentField(ground, "Incident")],
  build: (values) => {
    if (values.incident === undefined) return gap("incident", "Choose the incident.");
    return {
      command: {
        verb: "extend_review",
        review: said(values, "review"),
        incident: said(values, "incident"),
      },
    };
  },
};
