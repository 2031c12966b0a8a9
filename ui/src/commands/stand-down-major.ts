// Stand down: the major incident process ends, the incident goes on (§3.6).
import { chosen, type IncidentDeed, said } from "./deed";
import { whomFieldIfAny } from "./whom";

export const standDownMajor: IncidentDeed = {
  on: "incident",
  verb: "stand_down_major",
  label: "Stand down",
  keywords: ["demote", "end major"],
  icon: "check",
  keys: null,
  fields: (view, ground) => [
    { kind: "text", name: "reason", label: "Why can it end?" },
    whomFieldIfAny(
      ground,
      { naming: "colleague", incident: view.card.id },
      "review_owner",
      "Who owns the review?",
    ),
  ],
  build: (view, values, ground) => {
    const reviewOwner = chosen(ground.choices.people, values.review_owner) ?? null;
    return {
      command: {
        verb: "stand_down_major",
        incident: view.card.id,
        reason: said(values, "reason"),
        review_owner: reviewOwner,
      },
    };
  },
};
