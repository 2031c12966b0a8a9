// Accept a role of a major incident: it counts from here (§3.6).
import { chosen, gap, type IncidentDeed } from "./deed";

const ROLES = [
  { value: "incident_manager", name: "Incident Manager", hint: "" },
  { value: "deputy", name: "Deputy", hint: "" },
  { value: "scribe", name: "Scribe", hint: "" },
  { value: "client_liaison", name: "Client liaison", hint: "" },
  { value: "technical_lead", name: "Technical lead", hint: "" },
] as const;

export const acceptMajorRole: IncidentDeed = {
  on: "incident",
  verb: "accept_major_role",
  label: "Accept role",
  keywords: ["take over", "hand over"],
  icon: "hand",
  keys: null,
  fields: () => [{ kind: "choice", name: "role", label: "Role", options: ROLES }],
  build: (view, values) => {
    const role = chosen(ROLES, values.role);
    if (role === undefined) return gap("role", "Choose one.");
    return { command: { verb: "accept_major_role", incident: view.card.id, role } };
  },
};
