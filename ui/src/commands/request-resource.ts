// Request resources: people or means that an incident needs (§3.5).
import { chosen, type IncidentDeed, said } from "./deed";
import { whomFieldIfAny } from "./whom";

export const requestResource: IncidentDeed = {
  on: "incident",
  verb: "request_resource",
  label: "Request resources",
  keywords: ["people", "help", "vendor"],
  icon: "plus",
  keys: null,
  begins: true,
  fields: (view, ground) => [
    { kind: "text", name: "text", label: "What is needed, and what for" },
    whomFieldIfAny(ground, { naming: "colleague", incident: view.card.id }, "person", "A colleague by name"),
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
