// Plan permanent fix: what a workaround goes round has an owner and a date (§3.1).
import { chosen, gap, type IncidentDeed, said } from "./deed";
import { instantOf, momentAhead } from "./moment";
import { whomField } from "./whom";

export const planPermanentFix: IncidentDeed = {
  on: "incident",
  verb: "plan_permanent_fix",
  label: "Plan permanent fix",
  keywords: ["workaround", "problem", "change"],
  icon: "bandage",
  keys: null,
  fields: (view, ground) => [
    whomField(ground, { naming: "colleague", incident: view.card.id }, "owner", "Who owns it?"),
    momentAhead("due_by", "By when?"),
    { kind: "line", name: "reference", label: "Problem or change" },
  ],
  build: (view, values, ground) => {
    const owner = chosen(ground.choices.people, values.owner);
    if (owner === undefined) return gap("owner", "Choose who owns it.");
    const due_by = instantOf(values, "due_by");
    const reference = said(values, "reference");
    return {
      command: { verb: "plan_permanent_fix", incident: view.card.id, owner, due_by, reference },
    };
  },
};
