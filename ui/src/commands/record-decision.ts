// Record a decision, and whether anybody objected (§3.6).
import { chosen, gap, type IncidentDeed, said } from "./deed";
import { saidOrNone } from "./recorded";

const POLLS = [
  { value: "not_polled", name: "Nobody was asked", hint: "" },
  { value: "no_objection", name: "Nobody objected", hint: "" },
  { value: "objected", name: "Somebody objected", hint: "" },
] as const;

export const recordDecision: IncidentDeed = {
  on: "incident",
  verb: "record_decision",
  label: "Record decision",
  keywords: ["decided", "objection", "poll"],
  icon: "check",
  keys: null,
  fields: () => [
    { kind: "text", name: "text", label: "What was decided" },
    { kind: "choice", name: "poll", label: "Objections", options: POLLS },
    { kind: "text", name: "objection", label: "The objection", optional: true },
  ],
  build: (view, values) => {
    const poll = chosen(POLLS, values.poll);
    if (poll === undefined) return gap("poll", "Choose one.");
    return {
      command: {
        verb: "record_decision",
        incident: view.card.id,
        text: said(values, "text"),
        poll,
        objection: saidOrNone(values, "objection"),
      },
    };
  },
};
