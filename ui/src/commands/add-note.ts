// Add note: an internal note, never a message to the client (§3.4).
import { type IncidentDeed, said } from "./deed";

export const addNote: IncidentDeed = {
  on: "incident",
  verb: "add_note",
  label: "Add note",
  keywords: ["comment", "write"],
  icon: "note",
  keys: "o",
  fields: () => [{ kind: "text", name: "text", label: "Internal note" }],
  build: (view, values) => ({
    command: { verb: "add_note", incident: view.card.id, text: said(values, "text") },
  }),
};
