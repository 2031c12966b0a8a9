// Decline exception: the normal rule stays (§4.2).
import { type RecordDeed, said } from "./deed";
import { covered, personFieldIfAny, saidIfAny } from "./record";

export const declineException: RecordDeed = {
  on: "record",
  record: "exception",
  verb: "decline_exception",
  label: "Decline exception",
  keywords: ["refuse", "deny"],
  icon: "ban",
  keys: null,
  fields: (_, ground) => [
    personFieldIfAny(ground, "acting_for", "For whom, if it was delegated"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (record, values) => ({
    command: {
      verb: "decline_exception",
      exception: record.subject.id,
      incidents: covered(record),
      acting_for: saidIfAny(values, "acting_for"),
      reason: said(values, "reason"),
    },
  }),
};
