// Switch agreement: an open incident runs by another contract from here on (§3.3).
import { chosen, gap, type IncidentDeed, options, said } from "./deed";

export const switchAgreement: IncidentDeed = {
  on: "incident",
  verb: "switch_agreement",
  label: "Switch agreement",
  keywords: ["contract", "SLA", "targets"],
  icon: "link",
  keys: null,
  fields: (_, ground) => [
    { kind: "choice", name: "agreement", label: "Agreement", options: options(ground.choices.agreements) },
    { kind: "text", name: "reason", label: "Why not the one it was logged under?" },
  ],
  build: (view, values, ground) => {
    const agreement = chosen(ground.choices.agreements, values.agreement);
    if (agreement === undefined) return gap("agreement", "Choose an agreement.");
    const reason = said(values, "reason");
    return { command: { verb: "switch_agreement", incident: view.card.id, agreement, reason } };
  },
};
