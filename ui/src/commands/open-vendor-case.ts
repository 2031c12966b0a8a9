// Ask a vendor; its clock runs beside the client's (§5).
import { type IncidentDeed, said } from "./deed";

export const openVendorCase: IncidentDeed = {
  on: "incident",
  verb: "open_vendor_case",
  label: "Ask vendor",
  keywords: ["supplier", "third party"],
  icon: "phone",
  keys: null,
  begins: true,
  fields: () => [
    { kind: "line", name: "vendor", label: "Vendor" },
    { kind: "line", name: "number", label: "The vendor's number" },
    { kind: "text", name: "text", label: "What was asked" },
  ],
  build: (view, values, _, fresh) => ({
    command: {
      verb: "open_vendor_case",
      incident: view.card.id,
      case: fresh,
      vendor: said(values, "vendor"),
      number: said(values, "number"),
      text: said(values, "text"),
    },
  }),
};
