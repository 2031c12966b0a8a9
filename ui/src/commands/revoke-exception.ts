// Revoke exception: it ends before its time (§4.2).
import { type DeskDeed, said } from "./deed";
import { incidentsField, recordField, several } from "./record";

export const revokeException: DeskDeed = {
  on: "desk",
  verb: "revoke_exception",
  label: "Revoke exception",
  keywords: ["end early", "withdraw"],
  icon: "ban",
  keys: null,
  fields: (ground) => [
    recordField("exception", "Exception"),
    incidentsField(ground, "Every incident it covers"),
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (values) => ({
    command: {
      verb: "revoke_exception",
      exception: said(values, "exception"),
      incidents: several(values, "incidents"),
      reason: said(values, "reason"),
    },
  }),
};
