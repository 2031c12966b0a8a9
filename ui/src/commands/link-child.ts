// Link an incident of the same outage below this one (ruling 11).
import { gap, type IncidentDeed, said } from "./deed";
import { others } from "./recorded";

export const linkChild: IncidentDeed = {
  on: "incident",
  verb: "link_child",
  label: "Link child",
  keywords: ["parent", "same outage"],
  icon: "link",
  keys: null,
  fields: (view, ground) => [
    {
      kind: "choice",
      name: "child",
      label: "Incident of the same outage",
      options: others(view.card.id, ground),
    },
  ],
  build: (view, values) => {
    const child = said(values, "child");
    if (child === "") return gap("child", "Choose an incident.");
    return { command: { verb: "link_child", incident: view.card.id, child } };
  },
};
