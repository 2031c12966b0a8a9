// Close the bridge call (§3.6).
import { type IncidentDeed, said } from "./deed";

export const closeBridge: IncidentDeed = {
  on: "incident",
  verb: "close_bridge",
  label: "Close bridge call",
  keywords: ["hang up", "end call"],
  icon: "close",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "How did it end?" }],
  build: (view, values) => ({
    command: {
      verb: "close_bridge",
      incident: view.card.id,
      text: said(values, "text"),
    },
  }),
};
