// Resolve: the cause is repaired or a permanent fix is in (§3.1).
import { type IncidentDeed, said } from "./deed";

export const resolve: IncidentDeed = {
  on: "incident",
  verb: "resolve",
  label: "Resolve",
  keywords: ["solution", "fixed", "done"],
  icon: "check",
  keys: null,
  fields: () => [
    { kind: "text", name: "text", label: "Final resolution" },
    { kind: "text", name: "cause", label: "Cause" },
  ],
  build: (view, values) => ({
    command: {
      verb: "resolve",
      incident: view.card.id,
      text: said(values, "text"),
      cause: said(values, "cause"),
    },
  }),
};
