// Release a line of a suspicion into the log of its incident (§5).
import { type DeskDeed, said } from "./deed";

export const releaseLine: DeskDeed = {
  on: "desk",
  verb: "release_line",
  label: "Release a line",
  keywords: ["data breach", "public"],
  icon: "lock",
  keys: null,
  fields: () => [
    { kind: "line", name: "suspicion", label: "The suspicion, by its id" },
    { kind: "text", name: "text", label: "The line, for everybody" },
  ],
  build: (values) => ({
    command: {
      verb: "release_line",
      suspicion: said(values, "suspicion"),
      text: said(values, "text"),
    },
  }),
};
