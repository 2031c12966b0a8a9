// Reopen: service failed again, or the client disputes it (§3.1).
import { type IncidentDeed, said } from "./deed";

export const reopen: IncidentDeed = {
  on: "incident",
  verb: "reopen",
  label: "Reopen",
  keywords: ["failed again", "disputed"],
  icon: "undo",
  keys: null,
  fields: () => [{ kind: "text", name: "reason", label: "Why is it open again?" }],
  build: (view, values) => ({
    command: { verb: "reopen", incident: view.card.id, reason: said(values, "reason") },
  }),
};
