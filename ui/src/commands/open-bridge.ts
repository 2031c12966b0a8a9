// Open the bridge call of a major incident (§3.6).
import { type IncidentDeed, said } from "./deed";

export const openBridge: IncidentDeed = {
  on: "incident",
  verb: "open_bridge",
  label: "Open bridge call",
  keywords: ["conference", "meeting", "call"],
  icon: "phone",
  keys: null,
  fields: () => [{ kind: "line", name: "line", label: "Number or link" }],
  build: (view, values) => ({
    command: {
      verb: "open_bridge",
      incident: view.card.id,
      line: said(values, "line"),
    },
  }),
};
