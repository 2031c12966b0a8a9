// Link a change by its number; it pauses no clock by itself (§5).
import { type IncidentDeed, said } from "./deed";
import { saidOrNone } from "./recorded";

export const linkChange: IncidentDeed = {
  on: "incident",
  verb: "link_change",
  label: "Link change",
  keywords: ["related", "number"],
  icon: "link",
  keys: null,
  fields: () => [
    { kind: "line", name: "number", label: "Number" },
    { kind: "text", name: "back_link", label: "Where it names this incident", optional: true },
  ],
  build: (view, values) => ({
    command: {
      verb: "link_change",
      incident: view.card.id,
      number: said(values, "number"),
      back_link: saidOrNone(values, "back_link"),
    },
  }),
};
