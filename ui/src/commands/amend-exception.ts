// Amend exception: whoever approved it has to look again (§4.2).
import type { RecordDeed } from "./deed";
import { instantIfAny, momentAheadIfAny } from "./moment";
import { saidIfAny } from "./record";

export const amendException: RecordDeed = {
  on: "record",
  record: "exception",
  verb: "amend_exception",
  label: "Amend exception",
  keywords: ["change request"],
  icon: "pencil",
  keys: null,
  fields: () => [
    momentAheadIfAny("until", "Until when?", "Left open, the end stays as it is."),
    { kind: "text", name: "prevents", label: "What prevents keeping to it?", optional: true },
    { kind: "text", name: "control", label: "What compensates for it meanwhile?", optional: true },
  ],
  build: (record, values) => ({
    command: {
      verb: "amend_exception",
      exception: record.subject.id,
      until: instantIfAny(values, "until"),
      prevents: saidIfAny(values, "prevents"),
      control: saidIfAny(values, "control"),
    },
  }),
};
