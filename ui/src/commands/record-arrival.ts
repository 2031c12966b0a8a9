// Record an arrival: what was granted is here (§3.5).
import { gap, type IncidentDeed, said } from "./deed";
import { listed } from "./recorded";

export const recordArrival: IncidentDeed = {
  on: "incident",
  verb: "record_arrival",
  label: "Record arrival",
  keywords: ["resources", "here"],
  icon: "check",
  keys: null,
  fields: (view) => [
    {
      kind: "choice",
      name: "request",
      label: "Request",
      options: [
        ...listed(view.record, ["resources"], ["asked", "text"]),
        ...listed(view.record, ["major", "resources"], ["asked", "text"]),
      ],
    },
  ],
  build: (view, values) => {
    const request = said(values, "request");
    if (request === "") return gap("request", "Choose one.");
    return { command: { verb: "record_arrival", incident: view.card.id, request } };
  },
};
