// Restore service: normal service is back (§3.1).
import { type IncidentDeed, said } from "./deed";

export const restoreService: IncidentDeed = {
  on: "incident",
  verb: "restore_service",
  label: "Record restoration",
  keywords: ["restored", "service back"],
  icon: "restore",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "How was it seen that service is back?" }],
  build: (view, values) => ({
    command: { verb: "restore_service", incident: view.card.id, text: said(values, "text") },
  }),
};
