// Approve exception: designated management agrees, perhaps to less (§4.2).
import { type DeskDeed, said } from "./deed";
import { aheadIfAny, incidentFieldIfAny, personFieldIfAny, recordField, saidIfAny } from "./record";

export const approveException: DeskDeed = {
  on: "desk",
  verb: "approve_exception",
  label: "Approve exception",
  keywords: ["grant", "allow"],
  icon: "check",
  keys: null,
  fields: (ground) => [
    recordField("exception", "Exception"),
    incidentFieldIfAny(ground, "The incident it is about"),
    personFieldIfAny(ground, "acting_for", "For whom, if it was delegated"),
    { kind: "text", name: "reason", label: "Why?" },
    {
      kind: "line",
      name: "until",
      label: "Only until",
      hint: "Minutes from now; empty leaves the end as it is.",
      optional: true,
    },
    { kind: "text", name: "control", label: "On condition of", optional: true },
  ],
  build: (values, ground) => ({
    command: {
      verb: "approve_exception",
      exception: said(values, "exception"),
      incident: saidIfAny(values, "incident"),
      acting_for: saidIfAny(values, "acting_for"),
      reason: said(values, "reason"),
      until: aheadIfAny(values, "until", ground),
      control: saidIfAny(values, "control"),
    },
  }),
};
