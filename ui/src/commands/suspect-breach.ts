// Suspect a data breach: a record for its members alone (§5). Nothing here shows that there is one.
import { type IncidentDeed, options, said } from "./deed";
import { several } from "./recorded";

export const suspectBreach: IncidentDeed = {
  on: "incident",
  verb: "suspect_breach",
  label: "Suspect a data breach",
  keywords: ["security", "privacy", "leak"],
  icon: "lock",
  keys: null,
  begins: true,
  fields: (_, ground) => [
    { kind: "text", name: "text", label: "What is suspected" },
    {
      kind: "several",
      name: "members",
      label: "Who is to know of it, beside you",
      options: options(ground.choices.people),
    },
  ],
  build: (view, values, ground, fresh) => ({
    command: {
      verb: "suspect_breach",
      incident: view.card.id,
      suspicion: fresh,
      text: said(values, "text"),
      members: several(ground.choices.people, values.members),
    },
  }),
};
