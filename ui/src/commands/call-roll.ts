// Call the roll of the bridge call (§3.6).
import type { IncidentDeed } from "./deed";
import { several } from "./recorded";
import { whomSeveral } from "./whom";

export const callRoll: IncidentDeed = {
  on: "incident",
  verb: "call_roll",
  label: "Call the roll",
  keywords: ["attendance", "bridge"],
  icon: "duties",
  keys: null,
  fields: (view, ground) => [
    whomSeveral(ground, { naming: "colleague", incident: view.card.id }, "attendees", "Who answered"),
  ],
  build: (view, values, ground) => ({
    command: {
      verb: "call_roll",
      incident: view.card.id,
      attendees: several(ground.choices.people, values.attendees),
    },
  }),
};
