// Cancel: logged twice, or no incident after all (§3.1).
import { type IncidentDeed, said } from "./deed";

export const cancel: IncidentDeed = {
  on: "incident",
  verb: "cancel",
  label: "Cancel",
  keywords: ["duplicate", "mistake", "not an incident"],
  icon: "ban",
  keys: null,
  fields: () => [{ kind: "text", name: "reason", label: "Why is it no incident?" }],
  build: (view, values) => ({
    command: { verb: "cancel", incident: view.card.id, reason: said(values, "reason") },
  }),
};
