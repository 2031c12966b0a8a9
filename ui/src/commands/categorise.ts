// Categorise: what kind of fault it is (§3.1).
import { chosen, gap, type IncidentDeed, options } from "./deed";

export const categorise: IncidentDeed = {
  on: "incident",
  verb: "categorise",
  label: "Categorise",
  keywords: ["category", "kind", "type"],
  icon: "tag",
  keys: null,
  fields: (view, ground) => [
    {
      kind: "choice",
      name: "category",
      label: "Category",
      options: options(ground.choices.categories),
      ...(view.category === null ? {} : { initial: view.category }),
    },
  ],
  build: (view, values, ground) => {
    const category = chosen(ground.choices.categories, values.category);
    if (category === undefined) return gap("category", "Choose a category.");
    return { command: { verb: "categorise", incident: view.card.id, category } };
  },
};
