// Link evidence: what shows that a clock stopped when its stop says, though that was entered late (§3.3, §4.1).
import type { Witness } from "../bindings";
import { chosen, gap, type IncidentDeed, options, said } from "./deed";

const WITNESSES: readonly { value: Witness; name: string; hint: string }[] = [
  { value: "monitoring", name: "A monitor's recovery", hint: "" },
  { value: "client", name: "The client's statement", hint: "" },
];

export const linkEvidence: IncidentDeed = {
  on: "incident",
  verb: "link_evidence",
  label: "Link evidence",
  keywords: ["proof", "back-dated", "late", "stop"],
  icon: "link",
  keys: null,
  fields: (_, ground) => [
    { kind: "choice", name: "clock", label: "Which clock stopped?", options: options(ground.choices.clocks) },
    { kind: "choice", name: "witness", label: "What shows when?", options: options(WITNESSES) },
    { kind: "line", name: "link", label: "Where is it found?" },
  ],
  build: (view, values, ground) => {
    const clock = chosen(ground.choices.clocks, values.clock);
    if (clock === undefined) return gap("clock", "Choose the clock.");
    const witness = chosen(WITNESSES, values.witness);
    if (witness === undefined) return gap("witness", "Choose what shows it.");
    const link = said(values, "link");
    return { command: { verb: "link_evidence", incident: view.card.id, clock, witness, link } };
  },
};
