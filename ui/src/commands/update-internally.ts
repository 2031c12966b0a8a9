// Internal update: tiers, management and account managers hear how it stands (§3.4).
import type { Colleagues } from "../bindings";
import { gap, type IncidentDeed, said } from "./deed";
import { listed, type Word, word } from "./message";

const COLLEAGUES: readonly Word<Colleagues>[] = [
  { value: "tiers", name: "The support tiers" },
  { value: "management", name: "Management" },
  { value: "account_managers", name: "The account managers" },
];

export const updateInternally: IncidentDeed = {
  on: "incident",
  verb: "update_internally",
  label: "Internal update",
  keywords: ["management", "brief", "tiers"],
  icon: "note",
  keys: null,
  fields: () => [
    { kind: "choice", name: "colleagues", label: "Who?", options: listed(COLLEAGUES) },
    { kind: "text", name: "text", label: "How does it stand?" },
  ],
  build: (view, values) => {
    const colleagues = word(COLLEAGUES, values.colleagues);
    if (colleagues === undefined) return gap("colleagues", "Choose who hears it.");
    const text = said(values, "text");
    return { command: { verb: "update_internally", incident: view.card.id, colleagues, text } };
  },
};
