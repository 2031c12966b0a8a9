// Take back a merge: it was no duplicate after all (§3.1).
import { type IncidentDeed, said } from "./deed";

export const undoMerge: IncidentDeed = {
  on: "incident",
  verb: "undo_merge",
  label: "Take back merge",
  keywords: ["unmerge", "part"],
  icon: "undo",
  keys: null,
  fields: () => [{ kind: "text", name: "reason", label: "Why?" }],
  build: (view, values) => ({
    command: {
      verb: "undo_merge",
      incident: view.card.id,
      reason: said(values, "reason"),
    },
  }),
};
