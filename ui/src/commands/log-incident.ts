// Log incident: the entry with everything that §3.1 demands. The clocks start here.
import type { DeskDeed } from "./deed";
import { entryFields, entryOf } from "./entry";

export const logIncident: DeskDeed = {
  on: "desk",
  verb: "log_incident",
  label: "Log incident",
  keywords: ["new", "create", "phone", "call"],
  icon: "plus",
  keys: "c",
  fields: (ground, values) => entryFields(ground, values, null),
  build: (values, ground, fresh) => {
    const read = entryOf(ground, values, null);
    if ("gap" in read) return read;
    return { command: { verb: "log_incident", incident: fresh, entry: read.entry } };
  },
};
