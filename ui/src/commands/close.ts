// Close: once service is restored and confirmed, with the final resolution on record (§3.1).
import { type IncidentDeed, said } from "./deed";

export const close: IncidentDeed = {
  on: "incident",
  verb: "close",
  label: "Close",
  keywords: ["finish", "end", "archive"],
  icon: "archive",
  keys: null,
  fields: () => [
    { kind: "text", name: "text", label: "Closing remark" },
    {
      kind: "text",
      name: "unconfirmed_reason",
      label: "Why without confirmation?",
      hint: "Only where the client did not confirm.",
      optional: true,
    },
  ],
  build: (view, values) => ({
    command: {
      verb: "close",
      incident: view.card.id,
      text: said(values, "text"),
      unconfirmed_reason: said(values, "unconfirmed_reason") || null,
    },
  }),
};
