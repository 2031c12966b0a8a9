// Amend exception: whoever approved it has to look again (§4.2).
import { type DeskDeed, said } from "./deed";
import { aheadIfAny, recordField, saidIfAny } from "./record";

export const amendException: DeskDeed = {
  on: "desk",
  verb: "amend_exception",
  label: "Amend exception",
  keywords: ["change request"],
  icon: "pencil",
  keys: null,
  fields: () => [
    recordField("exception", "Exception"),
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
  build: (values, ground) => ({
    command: {
      verb: "amend_exception",
      exception: said(values, "exception"),
      until: aheadIfAny(values, "until", ground),
      prevents: saidIfAny(values, "prevents"),
      control: saidIfAny(values, "control"),
    },
  }),
};
