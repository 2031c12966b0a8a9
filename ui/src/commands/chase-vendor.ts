// Remind a vendor that owes an answer (§5).
import { gap, type IncidentDeed, said } from "./deed";
import { listed } from "./recorded";

export const chaseVendor: IncidentDeed = {
  on: "incident",
  verb: "chase_vendor",
  label: "Remind vendor",
  keywords: ["supplier", "chase"],
  icon: "phone",
  keys: null,
  fields: (view) => [
    {
      kind: "choice",
      name: "case",
      label: "Case",
      options: listed(view.record, ["related", "vendor_cases"], ["number"], "answered"),
    },
    { kind: "text", name: "text", label: "What was said" },
  ],
  build: (view, values) => {
    const asked = said(values, "case");
    if (asked === "") return gap("case", "Choose one.");
    return {
      command: {
        verb: "chase_vendor",
        incident: view.card.id,
        case: asked,
        text: said(values, "text"),
      },
    };
  },
};
