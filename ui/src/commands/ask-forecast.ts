// Ask forecast: can the target be met? (§3.5)
import { chosen, gap, type IncidentDeed, options } from "./deed";

export const askForecast: IncidentDeed = {
  on: "incident",
  verb: "ask_forecast",
  label: "Ask for a forecast",
  keywords: ["can you make it", "eta", "target"],
  icon: "hourglass",
  keys: null,
  fields: (_, ground) => [
    { kind: "choice", name: "clock", label: "Which target?", options: options(ground.choices.clocks) },
  ],
  build: (view, values, ground) => {
    const clock = chosen(ground.choices.clocks, values.clock);
    if (clock === undefined) return gap("clock", "Choose a target.");
    return { command: { verb: "ask_forecast", incident: view.card.id, clock } };
  },
};
