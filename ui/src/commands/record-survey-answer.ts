// Record survey answer: the score as the client gave it (§4.1).
import { gap, type IncidentDeed, said } from "./deed";

export const recordSurveyAnswer: IncidentDeed = {
  on: "incident",
  verb: "record_survey_answer",
  label: "Record survey answer",
  keywords: ["survey", "score", "feedback"],
  icon: "pencil",
  keys: null,
  fields: () => [
    { kind: "line", name: "score", label: "Score" },
    { kind: "text", name: "text", label: "What did the client write?", optional: true },
  ],
  build: (view, values) => {
    const score = Number(said(values, "score"));
    if (!Number.isInteger(score)) return gap("score", "Give the score as a number.");
    const { survey } = view;
    if (survey === null) return gap("score", "Close the incident first.");
    return { command: { verb: "record_survey_answer", survey, score, text: said(values, "text") } };
  },
};
