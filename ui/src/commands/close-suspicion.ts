// Close a suspicion: no data breach, or handed over (§5).
import { chosen, type DeskDeed, gap, said } from "./deed";

const OUTCOMES = [
  { value: "no_breach", name: "No data breach", hint: "" },
  { value: "handed_over", name: "Handed over", hint: "" },
] as const;

export const closeSuspicion: DeskDeed = {
  on: "desk",
  verb: "close_suspicion",
  label: "Close suspicion",
  keywords: ["data breach", "security"],
  icon: "lock",
  keys: null,
  fields: () => [
    { kind: "line", name: "suspicion", label: "The suspicion, by its id" },
    { kind: "choice", name: "outcome", label: "What became of it", options: OUTCOMES },
    { kind: "text", name: "text", label: "How that is known" },
  ],
  build: (values) => {
    const outcome = chosen(OUTCOMES, values.outcome);
    if (outcome === undefined) return gap("outcome", "Choose one.");
    return {
      command: {
        verb: "close_suspicion",
        suspicion: said(values, "suspicion"),
        outcome,
        text: said(values, "text"),
      },
    };
  },
};
