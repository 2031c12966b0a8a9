// Assign a role of a major incident; a hand-over counts when it is accepted (§3.6).
import type { IncidentView, Naming } from "../bindings";
import { chosen, gap, type IncidentDeed, options, type Values } from "./deed";
import { whomField } from "./whom";

const ROLES = [
  { value: "incident_manager", name: "Incident Manager", hint: "" },
  { value: "deputy", name: "Deputy", hint: "" },
  { value: "scribe", name: "Scribe", hint: "" },
  { value: "client_liaison", name: "Client liaison", hint: "" },
  { value: "technical_lead", name: "Technical lead", hint: "" },
] as const;

export const assignMajorRole: IncidentDeed = {
  on: "incident",
  verb: "assign_major_role",
  label: "Assign role",
  keywords: ["incident manager", "deputy", "scribe", "hand over"],
  icon: "person",
  keys: null,
  fields: (view, ground, values) => [
    { kind: "choice", name: "role", label: "Role", options: ROLES },
    whomField(ground, inRole(view, values), "to", "To"),
    {
      kind: "choice",
      name: "in_place_of",
      label: "In place of (technical leads)",
      options: options(ground.choices.people),
      optional: true,
    },
  ],
  build: (view, values, ground) => {
    const role = chosen(ROLES, values.role);
    if (role === undefined) return gap("role", "Choose one.");
    const to = chosen(ground.choices.people, values.to);
    if (to === undefined) return gap("to", "Choose a colleague.");
    const inPlaceOf = chosen(ground.choices.people, values.in_place_of) ?? null;
    return {
      command: {
        verb: "assign_major_role",
        incident: view.card.id,
        role,
        to,
        in_place_of: inPlaceOf,
      },
    };
  },
};

/** Who can take a role is known once it is chosen. */
function inRole(view: IncidentView, values: Values): Naming | undefined {
  const role = chosen(ROLES, values.role);
  return role && { naming: "role_holder", incident: view.card.id, role };
}
