// Change reviewer: a sample goes to somebody else (§4.1).
import { gap, type RecordDeed, said } from "./deed";
import { whomField } from "./whom";

export const changeReviewer: RecordDeed = {
  on: "record",
  record: "audit",
  verb: "change_reviewer",
  label: "Change reviewer",
  keywords: ["give to", "hand over", "somebody else"],
  icon: "person",
  keys: null,
  fields: (record, ground) => [
    whomField(
      ground,
      { naming: "next_reviewer", audit: record.subject.id },
      "reviewer",
      "Who reviews it now?",
    ),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values) => {
    if (values.reviewer === undefined) return gap("reviewer", "Choose a colleague.");
    return {
      command: {
        verb: "change_reviewer",
        audit: record.subject.id,
        reviewer: said(values, "reviewer"),
        reason: said(values, "reason"),
      },
    };
  },
};
