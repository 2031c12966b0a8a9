// Brief management, with the time of the next word (§3.4, §3.6).
import { type IncidentDeed, said } from "./deed";
import { ahead, minutesAhead } from "./minutes";

export const briefManagement: IncidentDeed = {
  on: "incident",
  verb: "brief_management",
  label: "Brief management",
  keywords: ["status", "internal update"],
  icon: "up",
  keys: null,
  fields: (_, ground) => [
    { kind: "text", name: "what", label: "What it is" },
    { kind: "text", name: "impact", label: "Whom it strikes" },
    { kind: "text", name: "doing", label: "What is being done" },
    { kind: "text", name: "next", label: "What comes next" },
    minutesAhead(ground, "next_at", "Next word"),
  ],
  build: (view, values, ground) => {
    const next = ahead(ground, values, "next_at");
    if ("gap" in next) return next;
    return {
      command: {
        verb: "brief_management",
        incident: view.card.id,
        what: said(values, "what"),
        impact: said(values, "impact"),
        doing: said(values, "doing"),
        next: said(values, "next"),
        next_at: next.at,
      },
    };
  },
};
