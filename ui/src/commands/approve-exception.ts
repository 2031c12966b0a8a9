// Approve exception: designated management agrees, perhaps to less (§4.2).
import { type RecordDeed, said } from "./deed";
import { instantIfAny, momentAheadIfAny } from "./moment";
import { incidentFieldIfAny, personFieldIfAny, saidIfAny } from "./record";

export const approveException: RecordDeed = {
  on: "record",
  record: "exception",
  verb: "approve_exception",
  label: "Approve exception",
  keywords: ["grant", "allow"],
  icon: "check",
  keys: null,
  fields: (record, ground) => [
    ...(record.about === null ? [incidentFieldIfAny(ground, "Only for this incident")] : []),
    personFieldIfAny(ground, "acting_for", "For whom, if it was delegated"),
    { kind: "text", name: "reason", label: "Why?" },
    momentAheadIfAny("until", "Only until", "Left open, the end stays as it is."),
    { kind: "text", name: "control", label: "On condition of", optional: true },
  ],
  build: (record, values) => ({
    command: {
      verb: "approve_exception",
      exception: record.subject.id,
      incident: record.about ?? saidIfAny(values, "incident"),
      acting_for: saidIfAny(values, "acting_for"),
      reason: said(values, "reason"),
      until: instantIfAny(values, "until"),
      control: saidIfAny(values, "control"),
    },
  }),
};
