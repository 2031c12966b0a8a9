// Note on a suspicion: for its members alone (§5).
import { type DeskDeed, said } from "./deed";

export const noteSuspicion: DeskDeed = {
  on: "desk",
  verb: "note_suspicion",
  label: "Note on suspicion",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: () => [
    { kind: "line", name: "suspicion", label: "The suspicion, by its id" },
    { kind: "text", name: "text", label: "What there is to say" },
  ],
  build: (values) => ({
    command: {
      verb: "note_suspicion",
      suspicion: said(values, "suspicion"),
      text: said(values, "text"),
    },
  }),
};
