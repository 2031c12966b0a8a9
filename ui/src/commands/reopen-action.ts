// Reopen action: it is not done, it was not enough, or somebody else is to do it (§3.7).
import type { Naming, RecordChoice } from "../bindings";
import { answerOf, type RecordDeed, said, type Values } from "./deed";
import { instantOf, momentAhead } from "./moment";
import { partField, saidIfAny } from "./record";
import { whomFieldIfAny } from "./whom";

export const reopenAction: RecordDeed = {
  on: "record",
  record: "review",
  verb: "reopen_action",
  label: "Reopen action",
  keywords: ["again", "not enough", "give to", "hand over"],
  icon: "undo",
  keys: null,
  fields: (record, ground, values) => [
    partField(record, "action", "Action"),
    whomFieldIfAny(ground, ownerOf(record, values), "owner", "Who does it, if somebody else"),
    momentAhead("due_by", "By when?"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "reopen_action",
      review: record.subject.id,
      action: said(values, "action"),
      owner: saidIfAny(values, "owner"),
      due_by: instantOf(values, "due_by"),
      reason: said(values, "reason"),
    },
  }),
};

/** Who has it already is known once the action is chosen. */
function ownerOf(record: RecordChoice, values: Values): Naming | undefined {
  const action = answerOf(partField(record, "action", "Action"), values);
  return action === "" ? undefined : { naming: "action_owner", review: record.subject.id, action };
}
