// Escalate by hand: the target cannot be met, or resources are needed (§3.5).
import type { IncidentView, Naming } from "../bindings";
import { chosen, type Ground, gap, type IncidentDeed, options, said, type Values } from "./deed";
import { whomField } from "./whom";

export const escalate: IncidentDeed = {
  on: "incident",
  verb: "escalate",
  label: "Escalate",
  keywords: ["raise", "page", "next tier", "management"],
  icon: "up",
  keys: "e",
  fields: (view, ground, values) => [
    { kind: "choice", name: "path", label: "Path", options: options(ground.choices.paths) },
    whomField(ground, alongPath(view, ground, values), "to", "To"),
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

/** Whom that path calls is known once it is chosen. */
function alongPath(view: IncidentView, ground: Ground, values: Values): Naming | undefined {
  const path = chosen(ground.choices.paths, values.path);
  return path && { naming: "escalated_to", incident: view.card.id, path };
}
