// Pause clock: only for a reason the agreement names (§3.3).
import { chosen, gap, type IncidentDeed, options, said } from "./deed";

export const pauseClock: IncidentDeed = {
  on: "incident",
  verb: "pause_clock",
  label: "Pause clock",
  keywords: ["wait", "hold", "client", "vendor"],
  icon: "pause",
  keys: null,
  fields: (_, ground) => [
    {
      kind: "choice",
      name: "reason",
      label: "What does it wait for?",
      options: options(ground.choices.pauses),
    },
    { kind: "text", name: "text", label: "Who owes what?" },
  ],
  build: (view, values, ground) => {
    const reason = chosen(ground.choices.pauses, values.reason);
    if (reason === undefined) return gap("reason", "Choose what it waits for.");
    return { command: { verb: "pause_clock", incident: view.card.id, reason, text: said(values, "text") } };
  },
};
