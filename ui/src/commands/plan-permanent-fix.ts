// Plan permanent fix: what a workaround goes round has an owner and a date (§3.1).
import { chosen, gap, type IncidentDeed, options, said } from "./deed";

const DAY = 86_400_000;

export const planPermanentFix: IncidentDeed = {
  on: "incident",
  verb: "plan_permanent_fix",
  label: "Plan permanent fix",
  keywords: ["workaround", "problem", "change"],
  icon: "bandage",
  keys: null,
  fields: (_, ground) => [
    { kind: "choice", name: "owner", label: "Who owns it?", options: options(ground.choices.people) },
    { kind: "line", name: "days", label: "In how many days?" },
    { kind: "line", name: "reference", label: "Problem or change" },
  ],
  build: (view, values, ground) => {
    const owner = chosen(ground.choices.people, values.owner);
    if (owner === undefined) return gap("owner", "Choose who owns it.");
    const days = Number(said(values, "days"));
    if (!(days > 0)) return gap("days", "Give the days as a number.");
    const due_by = ground.opened + Math.round(days * DAY);
    const reference = said(values, "reference");
    return {
      command: { verb: "plan_permanent_fix", incident: view.card.id, owner, due_by, reference },
    };
  },
};
