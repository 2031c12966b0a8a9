// Answer a request for resources: granted or refused (§3.5).
import { chosen, gap, type IncidentDeed, options, said } from "./deed";
import { listed } from "./recorded";

const REPLIES = [
  { value: "granted", name: "Granted", hint: "" },
  { value: "refused", name: "Refused", hint: "" },
] as const;

export const answerResourceRequest: IncidentDeed = {
  on: "incident",
  verb: "answer_resource_request",
  label: "Answer request",
  keywords: ["grant", "refuse", "resources"],
  icon: "check",
  keys: null,
  fields: (view, ground) => [
    {
      kind: "choice",
      name: "request",
      label: "Request",
      options: [
        ...listed(view.record, ["resources"], ["asked", "text"]),
        ...listed(view.record, ["major", "resources"], ["asked", "text"]),
      ],
    },
    { kind: "choice", name: "reply", label: "Answer", options: REPLIES },
    {
      kind: "choice",
      name: "covered_by",
      label: "Who covers the work left behind",
      options: options(ground.choices.people),
      optional: true,
    },
    { kind: "text", name: "text", label: "From when, or why not" },
  ],
  build: (view, values, ground) => {
    const request = said(values, "request");
    if (request === "") return gap("request", "Choose one.");
    const reply = chosen(REPLIES, values.reply);
    if (reply === undefined) return gap("reply", "Choose one.");
    const coveredBy = chosen(ground.choices.people, values.covered_by) ?? null;
    return {
      command: {
        verb: "answer_resource_request",
        incident: view.card.id,
        request,
        reply,
        covered_by: coveredBy,
        text: said(values, "text"),
      },
    };
  },
};
