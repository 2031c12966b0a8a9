// Check a task: how it stands, and when it is asked again (§3.6).
import { gap, type IncidentDeed, said } from "./deed";
import { aheadIfAny, minutesAheadIfAny } from "./minutes";
import { listed } from "./recorded";

export const checkTask: IncidentDeed = {
  on: "incident",
  verb: "check_task",
  label: "Check task",
  keywords: ["action", "done", "follow up"],
  icon: "check",
  keys: null,
  fields: (view, ground) => [
    {
      kind: "choice",
      name: "task",
      label: "Task",
      options: listed(view.record, ["major", "tasks"], ["given", "text"], "done"),
    },
    { kind: "text", name: "text", label: "How it stands" },
    minutesAheadIfAny(ground, "check_at", "Next check", "Left open, the task is done."),
  ],
  build: (view, values, ground) => {
    const task = said(values, "task");
    if (task === "") return gap("task", "Choose one.");
    const check = aheadIfAny(ground, values, "check_at");
    if ("gap" in check) return check;
    return {
      command: {
        verb: "check_task",
        incident: view.card.id,
        task,
        text: said(values, "text"),
        check_at: check.at,
      },
    };
  },
};
