// Check a task: how it stands, and when it is asked again (§3.6).
import { gap, type IncidentDeed, said } from "./deed";
import { listed, minutesFrom } from "./recorded";

export const checkTask: IncidentDeed = {
  on: "incident",
  verb: "check_task",
  label: "Check task",
  keywords: ["action", "done", "follow up"],
  icon: "check",
  keys: null,
  fields: (view) => [
    {
      kind: "choice",
      name: "task",
      label: "Task",
      options: listed(view.record, ["major", "tasks"], ["given", "text"], "done"),
    },
    { kind: "text", name: "text", label: "How it stands" },
    {
      kind: "line",
      name: "check_at",
      label: "Minutes until the next check; none where it is done",
      optional: true,
    },
  ],
  build: (view, values, ground) => {
    const task = said(values, "task");
    if (task === "") return gap("task", "Choose one.");
    const checkAt = minutesFrom(ground.opened, values.check_at);
    return {
      command: {
        verb: "check_task",
        incident: view.card.id,
        task,
        text: said(values, "text"),
        check_at: checkAt,
      },
    };
  },
};
