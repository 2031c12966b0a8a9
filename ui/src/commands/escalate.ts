// Escalate by hand: the target cannot be met, or resources are needed (§3.5).
import { chosen, gap, type IncidentDeed, options, said } from "./deed";

export const escalate: IncidentDeed = {
  on: "incident",
  verb: "escalate",
  label: "Escalate",
  keywords: ["raise", "page", "next tier", "management"],
  icon: "up",
  keys: "e",
  fields: (_, ground) => [
    { kind: "choice", name: "path", label: "Path", options: options(ground.choices.paths) },
    { kind: "choice", name: "to", label: "To", options: options(ground.choices.people) },
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (view, values, ground) => {
    const path = chosen(ground.choices.paths, values.path);
    if (path === undefined) return gap("path", "Choose a path.");
    const to = chosen(ground.choices.people, values.to);
    if (to === undefined) return gap("to", "Choose a colleague.");
    return {
      command: { verb: "escalate", incident: view.card.id, path, to, reason: said(values, "reason") },
    };
  },
};
