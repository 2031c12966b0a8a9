// Revoke exception: it ends before its time (§4.2).
import { type RecordDeed, said } from "./deed";
import { covered } from "./record";

export const revokeException: RecordDeed = {
  on: "record",
  record: "exception",
  verb: "revoke_exception",
  label: "Revoke exception",
  keywords: ["end early", "withdraw"],
  icon: "ban",
  keys: null,
  fields: () => [{ kind: "text", name: "reason", label: "Why?" }],
  build: (record, values) => ({
    command: {
      verb: "revoke_exception",
      exception: record.subject.id,
      incidents: covered(record),
      reason: said(values, "reason"),
    },
  }),
};
