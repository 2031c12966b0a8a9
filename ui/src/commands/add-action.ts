// Add action: what will be done so that it does not happen again (§3.7).
import { type DeskDeed, gap, said } from "./deed";
import { ahead, minutesAhead, personField, recordField } from "./record";

export const addAction: DeskDeed = {
  on: "desk",
  verb: "add_action",
  label: "Add action",
  keywords: ["preventive", "follow-up", "to do"],
  icon: "plus",
  keys: null,
  fields: (ground) => [
    recordField("review", "Review"),
    personField(ground, "owner", "Owner"),
    { kind: "line", name: "text", label: "What will be done?", hint: "Begin with the verb." },
    minutesAhead("due_by", "By when?"),
  ],
  build: (values, ground, fresh) => {
    if (values.owner === undefined) return gap("owner", "Choose a colleague.");
    return {
      command: {
        verb: "add_action",
        review: said(values, "review"),
        action: fresh,
        owner: said(values, "owner"),
        text: said(values, "text"),
        due_by: ahead(values, "due_by", ground),
      },
    };
  },
};
