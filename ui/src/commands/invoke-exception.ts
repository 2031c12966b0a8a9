// Invoke exception: an incident is named under a wider exception (§4.2).
import { gap, type RecordDeed, said } from "./deed";
import { incidentField } from "./record";

export const invokeException: RecordDeed = {
  on: "record",
  record: "exception",
  verb: "invoke_exception",
  label: "Invoke exception",
  keywords: ["use exception"],
  icon: "link",
  keys: null,
  fields: (_, ground) => [incidentField(ground, "Incident")],
  build: (record, values) => {
    if (values.incident === undefined) return gap("incident", "Choose the incident.");
    return {
      command: {
        verb: "invoke_exception",
        exception: record.subject.id,
        incident: said(values, "incident"),
      },
    };
  },
};
