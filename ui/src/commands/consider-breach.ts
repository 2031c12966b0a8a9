// Data breach considered: the statement alone; a suspicion is a record of its own (§2).
import type { IncidentDeed } from "./deed";

export const considerBreach: IncidentDeed = {
  on: "incident",
  verb: "consider_breach",
  label: "Data breach considered",
  keywords: ["security", "breach", "boundary"],
  icon: "lock",
  keys: null,
  fields: () => [],
  build: (view) => ({ command: { verb: "consider_breach", incident: view.card.id } }),
};
