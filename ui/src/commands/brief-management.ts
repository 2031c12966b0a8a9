// Brief management, with the time of the next word (§3.4, §3.6).
import { gap, type IncidentDeed, said } from "./deed";
import { minutesFrom } from "./recorded";

export const briefManagement: IncidentDeed = {
  on: "incident",
  verb: "brief_management",
  label: "Brief management",
  keywords: ["status", "internal update"],
  icon: "up",
  keys: null,
  fields: () => [
    { kind: "text", name: "what", label: "What it is" },
    { kind: "text", name: "impact", label: "Whom it strikes" },
    { kind: "text", name: "doing", label: "What is being done" },
    { kind: "text", name: "next", label: "What comes next" },
    { kind: "line", name: "next_at", label: "Minutes until the next word" },
  ],
  build: (view, values, ground) => {
    const nextAt = minutesFrom(ground.opened, values.next_at);
    if (nextAt === null) return gap("next_at", "Give the minutes as a number.");
    return {
      command: {
        verb: "brief_management",
        incident: view.card.id,
        what: said(values, "what"),
        impact: said(values, "impact"),
        doing: said(values, "doing"),
        next: said(values, "next"),
        next_at: nextAt,
      },
    };
  },
};
