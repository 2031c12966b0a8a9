// Invoke exception: an incident is named under a wider exception (§4.2).
import { type DeskDeed, gap, said } from "./deed";
import { incidentField, recordField } from "./record";

export const invokeException: DeskDeed = {
  on: "desk",
  verb: "invoke_exception",
  label: "Invoke exception",
  keywords: ["use exception"],
  icon: "link",
  keys: null,
  fields: (ground) => [recordField("exception", "Exception"), incidentField(ground, "Incident")],
  build: (values) => {
    if (values.incident === undefined) return gap("incident", "Choose the incident.");
    return {
      command: {
        verb: "invoke_exception",
        exception: said(values, "exception"),
        incident: said(values, "incident"),
      },
    };
  },
};
