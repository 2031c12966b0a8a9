// Give a task: one owner, and a time of the next check (§3.6).
import { chosen, gap, type IncidentDeed, said } from "./deed";
import { ahead, minutesAhead } from "./minutes";
import { whomField } from "./whom";

export const giveTask: IncidentDeed = {
  on: "incident",
  verb: "give_task",
  label: "Give task",
  keywords: ["action", "owner", "to do"],
  icon: "step",
  keys: null,
  begins: true,
  fields: (view, ground) => [
    { kind: "text", name: "text", label: "What is to be done" },
    whomField(ground, { naming: "colleague", incident: view.card.id }, "owner", "Owner"),
    minutesAhead(ground, "check_at", "First check"),
  ],
  build: (view, values, ground, fresh) => {
    const owner = chosen(ground.choices.people, values.owner);
    if (owner === undefined) return gap("owner", "Choose a colleague.");
    const check = ahead(ground, values, "check_at");
    if ("gap" in check) return check;
    return {
      command: {
        verb: "give_task",
        incident: view.card.id,
        task: fresh,
        text: said(values, "text"),
        owner,
        check_at: check.at,
      },
    };
  },
};
