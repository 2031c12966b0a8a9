// Note that the authority was told of a data breach (§5).
import { type RecordDeed, said } from "./deed";

export const notifyAuthority: RecordDeed = {
  on: "record",
  record: "suspicion",
  verb: "notify_authority",
  label: "Note that the authority was told",
  keywords: ["data breach", "law"],
  icon: "lock",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "Who was told what" }],
  build: (record, values) => ({
    command: {
      verb: "notify_authority",
      suspicion: record.subject.id,
      text: said(values, "text"),
    },
  }),
};
