// Close a suspicion: no data breach, or handed over (§5).
import { chosen, gap, type RecordDeed, said } from "./deed";

const OUTCOMES = [
  { value: "no_breach", name: "No data breach", hint: "" },
  { value: "handed_over", name: "Handed over", hint: "" },
] as const;

export const closeSuspicion: RecordDeed = {
  on: "record",
  record: "suspicion",
  verb: "close_suspicion",
  label: "Close suspicion",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: () => [
    { kind: "choice", name: "outcome", label: "What became of it", options: OUTCOMES },
    { kind: "text", name: "text", label: "How that is known" },
  ],
  build: (record, values) => {
    const outcome = chosen(OUTCOMES, values.outcome);
    if (outcome === undefined) return gap("outcome", "Choose one.");
    return {
      command: {
        verb: "close_suspicion",
        suspicion: record.subject.id,
        outcome,
        text: said(values, "text"),
      },
    };
  },
};
