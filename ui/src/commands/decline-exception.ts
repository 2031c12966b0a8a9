// Decline exception: the normal rule stays (§4.2).
import { type DeskDeed, said } from "./deed";
import { incidentsField, personFieldIfAny, recordField, saidIfAny, several } from "./record";

export const declineException: DeskDeed = {
  on: "desk",
  verb: "decline_exception",
  label: "Decline exception",
  keywords: ["refuse", "deny"],
  icon: "ban",
  keys: null,
  fields: (ground) => [
    recordField("exception", "Exception"),
    incidentsField(ground, "Incidents it covers already"),
    personFieldIfAny(ground, "acting_for", "For whom, if it was delegated"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (values) => ({
    command: {
      verb: "decline_exception",
      exception: said(values, "exception"),
      incidents: several(values, "incidents"),
      acting_for: saidIfAny(values, "acting_for"),
      reason: said(values, "reason"),
    },
  }),
};
