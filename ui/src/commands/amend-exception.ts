// Amend exception: whoever approved it has to look again (§4.2).
import type { RecordDeed } from "./deed";
import { aheadIfAny, saidIfAny } from "./record";

export const amendException: RecordDeed = {
  on: "record",
  record: "exception",
  verb: "amend_exception",
  label: "Amend exception",
  keywords: ["change request"],
  icon: "pencil",
  keys: null,
  fields: () => [
    {
      kind: "line",
      name: "until",
      label: "Until when?",
      hint: "Minutes from now; empty leaves the end as it is.",
      optional: true,
    },
    { kind: "text", name: "prevents", label: "What prevents keeping to it?", optional: true },
    { kind: "text", name: "control", label: "What compensates for it meanwhile?", optional: true },
  ],
  build: (record, values, ground) => ({
    command: {
      verb: "amend_exception",
      exception: record.subject.id,
      until: aheadIfAny(values, "until", ground),
      prevents: saidIfAny(values, "prevents"),
      control: saidIfAny(values, "control"),
    },
  }),
};
