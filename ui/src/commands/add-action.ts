// Add action: what will be done so that it does not happen again (§3.7).
import { gap, type RecordDeed, said } from "./deed";
import { instantOf, momentAhead } from "./moment";
import { whomField } from "./whom";

export const addAction: RecordDeed = {
  on: "record",
  record: "review",
  verb: "add_action",
  label: "Add action",
  keywords: ["preventive", "follow-up", "to do"],
  icon: "plus",
  keys: null,
  fields: (record, ground) => [
    whomField(ground, { naming: "action_owner", review: record.subject.id, action: null }, "owner", "Owner"),
    { kind: "line", name: "text", label: "What will be done?", hint: "Begin with the verb." },
    momentAhead("due_by", "By when?"),
  ],
  build: (record, values, _, fresh) => {
    if (values.owner === undefined) return gap("owner", "Choose a colleague.");
    return {
      command: {
        verb: "add_action",
        review: record.subject.id,
        action: fresh,
        owner: said(values, "owner"),
        text: said(values, "text"),
        due_by: instantOf(values, "due_by"),
      },
    };
  },
};
