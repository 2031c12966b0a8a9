// Record recurrence: it is one of several of its kind (§3.7).
import type { IncidentDeed } from "./deed";
import { incidentsField, several } from "./record";

export const recordRecurrence: IncidentDeed = {
  on: "incident",
  verb: "record_recurrence",
  label: "Record recurrence",
  keywords: ["again", "recurring", "same as"],
  icon: "merge",
  keys: null,
  fields: (_, ground) => [incidentsField(ground, "Those like it")],
  build: (view, values) => ({
    command: {
      verb: "record_recurrence",
      incident: view.card.id,
      incidents: several(values, "incidents"),
    },
  }),
};
