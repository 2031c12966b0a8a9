// Part an incident that turned out to be another outage (ruling 11).
import { gap, type IncidentDeed, said } from "./deed";
import { others } from "./recorded";

export const unlinkChild: IncidentDeed = {
  on: "incident",
  verb: "unlink_child",
  label: "Part child",
  keywords: ["unlink", "parent"],
  icon: "undo",
  keys: null,
  fields: (view, ground) => [
    { kind: "choice", name: "child", label: "Incident to part", options: others(view.card.id, ground) },
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (view, values) => {
    const child = said(values, "child");
    if (child === "") return gap("child", "Choose an incident.");
    return {
      command: {
        verb: "unlink_child",
        incident: view.card.id,
        child,
        reason: said(values, "reason"),
      },
    };
  },
};
