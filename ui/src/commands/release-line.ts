// Release a line of a suspicion into the log of its incident (§5).
import { type RecordDeed, said } from "./deed";

export const releaseLine: RecordDeed = {
  on: "record",
  record: "suspicion",
  verb: "release_line",
  label: "Release a line",
  keywords: ["data breach", "public"],
  icon: "lock",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "The line, for everybody" }],
  build: (record, values) => ({
    command: {
      verb: "release_line",
      suspicion: record.subject.id,
      text: said(values, "text"),
    },
  }),
};
