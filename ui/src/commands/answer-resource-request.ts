// Answer a request for resources: granted or refused (§3.5).
import type { IncidentView, Naming } from "../bindings";
import { chosen, gap, type IncidentDeed, said, type Values } from "./deed";
import { listed } from "./recorded";
import { whomFieldIfAny } from "./whom";

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
  fields: (view, ground, values) => [
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
    whomFieldIfAny(ground, cover(view, values), "covered_by", "Who covers the work left behind"),
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

/** Whoever comes covers nothing: who that is, the request says. */
function cover(view: IncidentView, values: Values): Naming | undefined {
  const request = said(values, "request");
  return request === "" ? undefined : { naming: "cover", incident: view.card.id, request };
}
