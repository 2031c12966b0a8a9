// Open review: what happened is looked at together (§3.7).
import { chosen, gap, type IncidentDeed } from "./deed";
import { incidentsField, personField, several } from "./record";

export const openReview: IncidentDeed = {
  on: "incident",
  verb: "open_review",
  label: "Open review",
  keywords: ["post-incident", "pir", "retrospective", "root cause"],
  icon: "magnifier",
  keys: null,
  fields: (_, ground) => [
    personField(ground, "owner", "Who writes it?"),
    personField(ground, "manager", "Who is asked where it is late?"),
    incidentsField(ground, "Reviewed with it"),
  ],
  build: (view, values, ground) => {
    const owner = chosen(ground.choices.people, values.owner);
    if (owner === undefined) return gap("owner", "Choose who writes it.");
    const manager = chosen(ground.choices.people, values.manager);
    if (manager === undefined) return gap("manager", "Choose who is asked where it is late.");
    const incidents = several(values, "incidents");
    return { command: { verb: "open_review", incident: view.card.id, incidents, owner, manager } };
  },
};
