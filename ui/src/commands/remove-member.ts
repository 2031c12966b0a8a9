// Remove a member of a suspicion (§5).
import { chosen, type DeskDeed, gap, options, said } from "./deed";

export const removeMember: DeskDeed = {
  on: "desk",
  verb: "remove_member",
  label: "Remove member",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: (ground) => [
    { kind: "line", name: "suspicion", label: "The suspicion, by its id" },
    {
      kind: "choice",
      name: "person",
      label: "Who is to know no more",
      options: options(ground.choices.people),
    },
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (values, ground) => {
    const person = chosen(ground.choices.people, values.person);
    if (person === undefined) return gap("person", "Choose a colleague.");
    return {
      command: {
        verb: "remove_member",
        suspicion: said(values, "suspicion"),
        person,
        reason: said(values, "reason"),
      },
    };
  },
};
