// Identify client: whose incident it is, where nobody knew at logging (§3.1).
import type { IncidentDeed } from "./deed";
import { whose, whoseFields } from "./whose";

export const identifyClient: IncidentDeed = {
  on: "incident",
  verb: "identify_client",
  label: "Identify client",
  keywords: ["client", "unknown", "who"],
  icon: "person",
  keys: null,
  fields: (_, ground, values) => whoseFields(ground, values),
  build: (view, values, ground) => {
    const found = whose(ground, values);
    if ("gap" in found) return found;
    return { command: { verb: "identify_client", incident: view.card.id, ...found } };
  },
};
