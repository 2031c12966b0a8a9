// Request resources: people or means that an incident needs (§3.5).
import { chosen, type IncidentDeed, options, said } from "./deed";

export const requestResource: IncidentDeed = {
  on: "incident",
  verb: "request_resource",
  label: "Request resources",
  keywords: ["people", "help", "vendor"],
  icon: "plus",
  keys: null,
  begins: true,
  fields: (_, ground) => [
    { kind: "text", name: "text", label: "What is needed, and what for" },
    {
      kind: "choice",
      name: "person",
      label: "A colleague by name",
      options: options(ground.choices.people),
      optional: true,
    },
  ],
  build: (view, values, ground, fresh) => {
    const person = chosen(ground.choices.people, values.person) ?? null;
    return {
      command: {
        verb: "request_resource",
        incident: view.card.id,
        request: fresh,
        text: said(values, "text"),
        person,
      },
    };
  },
};
