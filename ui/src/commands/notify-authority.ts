// Note that the authority was told of a data breach (§5).
import { type DeskDeed, said } from "./deed";

export const notifyAuthority: DeskDeed = {
  on: "desk",
  verb: "notify_authority",
  label: "Note that the authority was told",
  keywords: ["data breach", "law"],
  icon: "lock",
  keys: null,
  fields: () => [
    { kind: "line", name: "suspicion", label: "The suspicion, by its id" },
    { kind: "text", name: "text", label: "Who was told what" },
  ],
  build: (values) => ({
    command: {
      verb: "notify_authority",
      suspicion: said(values, "suspicion"),
      text: said(values, "text"),
    },
  }),
};
