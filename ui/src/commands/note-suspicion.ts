// Note on a suspicion: for its members alone (§5).
import { type RecordDeed, said } from "./deed";

export const noteSuspicion: RecordDeed = {
  on: "record",
  record: "suspicion",
  verb: "note_suspicion",
  label: "Note on suspicion",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "What there is to say" }],
  build: (record, values) => ({
    command: {
      verb: "note_suspicion",
      suspicion: record.subject.id,
      text: said(values, "text"),
    },
  }),
};
