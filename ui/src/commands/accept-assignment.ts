// Accept assignment: the person it is assigned to takes it (§3.1).
import type { IncidentDeed } from "./deed";

export const acceptAssignment: IncidentDeed = {
  on: "incident",
  verb: "accept_assignment",
  label: "Accept assignment",
  keywords: ["take", "mine"],
  icon: "hand",
  keys: null,
  fields: () => [],
  build: (view) => ({ command: { verb: "accept_assignment", incident: view.card.id } }),
};
