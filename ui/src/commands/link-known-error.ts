// Link a known error by its number; it pauses no clock by itself (§5).
import { type IncidentDeed, said } from "./deed";
import { saidOrNone } from "./recorded";

export const linkKnownError: IncidentDeed = {
  on: "incident",
  verb: "link_known_error",
  label: "Link known error",
  keywords: ["related", "number"],
  icon: "link",
  keys: null,
  fields: () => [
    { kind: "line", name: "number", label: "Number" },
    { kind: "text", name: "back_link", label: "Where it names this incident", optional: true },
  ],
  build: (view, values) => ({
    command: {
      verb: "link_known_error",
      incident: view.card.id,
      number: said(values, "number"),
      back_link: saidOrNone(values, "back_link"),
    },
  }),
};
