// Move to another client: it was logged for the wrong one (§3.1).
import { type IncidentDeed, said } from "./deed";
import { whose, whoseFields } from "./whose";

export const moveToClient: IncidentDeed = {
  on: "incident",
  verb: "move_to_client",
  label: "Move to another client",
  keywords: ["client", "wrong"],
  icon: "person",
  keys: null,
  fields: (_, ground, values) => [
    ...whoseFields(ground, values),
    { kind: "text", name: "reason", label: "How was that found?" },
  ],
  build: (view, values, ground) => {
    const found = whose(ground, values);
    if ("gap" in found) return found;
    const reason = said(values, "reason");
    return { command: { verb: "move_to_client", incident: view.card.id, ...found, reason } };
  },
};
