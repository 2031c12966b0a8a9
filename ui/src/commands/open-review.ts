// Open review: what happened is looked at together (§3.7).
import type { IncidentView, Naming } from "../bindings";
import { chosen, gap, type IncidentDeed, type Values } from "./deed";
import { incidentsField, saidIfAny, several } from "./record";
import { whomField } from "./whom";

export const openReview: IncidentDeed = {
  on: "incident",
  verb: "open_review",
  label: "Open review",
  keywords: ["post-incident", "pir", "retrospective", "root cause"],
  icon: "magnifier",
  keys: null,
  fields: (view, ground, values) => [
    whomField(ground, convened(view, values, "manager"), "owner", "Who writes it?"),
    whomField(ground, convened(view, values, "owner"), "manager", "Who is asked where it is late?"),
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

/** Whoever sees all that it covers, beside whoever is named for the other part. */
function convened(view: IncidentView, values: Values, other: "owner" | "manager"): Naming {
  const [incidents, beside] = [several(values, "incidents"), saidIfAny(values, other)];
  return { naming: "convened", incident: view.card.id, incidents, beside };
}
