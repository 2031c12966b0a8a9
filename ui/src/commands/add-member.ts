// Add a member of a suspicion (§5).
import { chosen, type DeskDeed, gap, options, said } from "./deed";

export const addMember: DeskDeed = {
  on: "desk",
  verb: "add_member",
  label: "Add member",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: (ground) => [
    { kind: "line", name: "suspicion", label: "The suspicion, by its id" },
    { kind: "choice", name: "person", label: "Who is to know", options: options(ground.choices.people) },
  ],
  build: (values, ground) => {
    const person = chosen(ground.choices.people, values.person);
    if (person === undefined) return gap("person", "Choose a colleague.");
    return { command: { verb: "add_member", suspicion: said(values, "suspicion"), person } };
  },
};
