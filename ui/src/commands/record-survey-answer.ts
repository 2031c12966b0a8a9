// Record survey answer: the score as the client gave it (§4.1).
import { gap, type IncidentDeed, said } from "./deed";
import { numberField, SMALL_MAX, wholeNumber } from "./number";

export const recordSurveyAnswer: IncidentDeed = {
  on: "incident",
  verb: "record_survey_answer",
  label: "Record survey answer",
  keywords: ["survey", "score", "feedback"],
  icon: "pencil",
  keys: null,
  fields: () => [
    numberField("score", "Score", "As the client gave it, on the house's scale."),
    { kind: "text", name: "text", label: "What did the client write?", optional: true },
  ],
  build: (view, values) => {
    const score = wholeNumber(values, "score", SMALL_MAX);
    if ("gap" in score) return score;
    const { survey } = view;
    if (survey === null) return gap("score", "Close the incident first.");
    const [{ number }, text] = [score, said(values, "text")];
    return { command: { verb: "record_survey_answer", survey, score: number, text } };
  },
};
