// Review a pause: somebody looked, and it still waits (§3.3).
import { type IncidentDeed, said } from "./deed";

export const reviewPause: IncidentDeed = {
  on: "incident",
  verb: "review_pause",
  label: "Review pause",
  keywords: ["wait", "hold", "still"],
  icon: "hourglass",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "Why does it still wait?" }],
  build: (view, values) => ({
    command: { verb: "review_pause", incident: view.card.id, text: said(values, "text") },
  }),
};
