// Start escalation: walk the defined path by hand (§3.5).
import type { ByHand } from "../bindings";
import { chosen, gap, type IncidentDeed, options, said } from "./deed";

const NEEDS: readonly { value: ByHand; name: string; hint: string }[] = [
  { value: "attention", name: "Attention", hint: "it needs more than it gets" },
  { value: "resources", name: "Resources", hint: "it needs more hands or means" },
];

export const startEscalation: IncidentDeed = {
  on: "incident",
  verb: "start_escalation",
  label: "Start escalation",
  keywords: ["path", "page", "call", "resources"],
  icon: "up",
  keys: null,
  fields: (_, ground) => [
    { kind: "choice", name: "path", label: "Path", options: options(ground.choices.paths) },
    { kind: "choice", name: "need", label: "What does it need?", options: options(NEEDS) },
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (view, values, ground) => {
    const path = chosen(ground.choices.paths, values.path);
    if (path === undefined) return gap("path", "Choose a path.");
    const need = chosen(NEEDS, values.need);
    if (need === undefined) return gap("need", "Choose what it needs.");
    const reason = said(values, "reason");
    return { command: { verb: "start_escalation", incident: view.card.id, path, need, reason } };
  },
};
