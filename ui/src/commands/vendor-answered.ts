// Note a vendor's answer: the wait for it is over (§5).
import { gap, type IncidentDeed, said } from "./deed";
import { listed } from "./recorded";

export const vendorAnswered: IncidentDeed = {
  on: "incident",
  verb: "vendor_answered",
  label: "Note vendor answer",
  keywords: ["supplier", "reply"],
  icon: "check",
  keys: null,
  fields: (view) => [
    {
      kind: "choice",
      name: "case",
      label: "Case",
      options: listed(view.record, ["related", "vendor_cases"], ["number"], "answered"),
    },
    { kind: "text", name: "text", label: "What it answered" },
  ],
  build: (view, values) => {
    const asked = said(values, "case");
    if (asked === "") return gap("case", "Choose one.");
    return {
      command: {
        verb: "vendor_answered",
        incident: view.card.id,
        case: asked,
        text: said(values, "text"),
      },
    };
  },
};
