// Suspect a data breach: a record for its members alone (§5). Nothing here shows that there is one.
import { type IncidentDeed, said } from "./deed";
import { several } from "./recorded";
import { whomSeveral } from "./whom";

export const suspectBreach: IncidentDeed = {
  on: "incident",
  verb: "suspect_breach",
  label: "Suspect a data breach",
  keywords: ["security", "privacy", "leak"],
  icon: "lock",
  keys: null,
  begins: true,
  fields: (view, ground) => [
    { kind: "text", name: "text", label: "What is suspected" },
    whomSeveral(
      ground,
      { naming: "colleague", incident: view.card.id },
      "members",
      "Who is to know of it, beside you",
    ),
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
