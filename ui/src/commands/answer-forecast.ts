// Answer forecast: the resolver says whether the target can be met (§3.5).
import type { Forecasted } from "../bindings";
import { chosen, gap, type IncidentDeed, options, said } from "./deed";

const ANSWERS: readonly { value: Forecasted; name: string; hint: string }[] = [
  { value: "can_be_met", name: "It can be met", hint: "" },
  { value: "cannot_be_met", name: "It cannot be met", hint: "begins the escalation path" },
];

export const answerForecast: IncidentDeed = {
  on: "incident",
  verb: "answer_forecast",
  label: "Answer the forecast",
  keywords: ["can make it", "cannot", "eta"],
  icon: "hourglass",
  keys: null,
  fields: (_, ground) => [
    { kind: "choice", name: "clock", label: "Which target?", options: options(ground.choices.clocks) },
    { kind: "choice", name: "answer", label: "Can it be met?", options: options(ANSWERS) },
    { kind: "text", name: "reason", label: "Why?" },
  ],
  build: (view, values, ground) => {
    const clock = chosen(ground.choices.clocks, values.clock);
    if (clock === undefined) return gap("clock", "Choose the target that you were asked about.");
    const answer = chosen(ANSWERS, values.answer);
    if (answer === undefined) return gap("answer", "Say whether it can be met.");
    const reason = said(values, "reason");
    return { command: { verb: "answer_forecast", incident: view.card.id, answer, reason, clock } };
  },
};
