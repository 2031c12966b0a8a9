// Call the roll of the bridge call (§3.6).
import { type IncidentDeed, options } from "./deed";
import { several } from "./recorded";

export const callRoll: IncidentDeed = {
  on: "incident",
  verb: "call_roll",
  label: "Call the roll",
  keywords: ["attendance", "bridge"],
  icon: "duties",
  keys: null,
  fields: (_, ground) => [
    { kind: "several", name: "attendees", label: "Who answered", options: options(ground.choices.people) },
  ],
  build: (view, values, ground) => ({
    command: {
      verb: "call_roll",
      incident: view.card.id,
      attendees: several(ground.choices.people, values.attendees),
    },
  }),
};
