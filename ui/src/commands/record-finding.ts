// Record a fact or a hypothesis; the timeline tells them apart (§3.6).
import { chosen, gap, type IncidentDeed, said } from "./deed";

const STANDINGS = [
  { value: "fact", name: "Fact", hint: "" },
  { value: "hypothesis", name: "Hypothesis", hint: "" },
] as const;

export const recordFinding: IncidentDeed = {
  on: "incident",
  verb: "record_finding",
  label: "Record finding",
  keywords: ["fact", "hypothesis", "theory"],
  icon: "magnifier",
  keys: null,
  fields: () => [
    { kind: "choice", name: "standing", label: "What it is", options: STANDINGS },
    { kind: "text", name: "text", label: "What was found" },
  ],
  build: (view, values) => {
    const standing = chosen(STANDINGS, values.standing);
    if (standing === undefined) return gap("standing", "Choose one.");
    return {
      command: {
        verb: "record_finding",
        incident: view.card.id,
        standing,
        text: said(values, "text"),
      },
    };
  },
};
