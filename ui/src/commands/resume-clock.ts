// Resume clock: the wait is over (§3.3).
import { type IncidentDeed, said } from "./deed";

export const resumeClock: IncidentDeed = {
  on: "incident",
  verb: "resume_clock",
  label: "Resume clock",
  keywords: ["continue", "unpause"],
  icon: "play",
  keys: null,
  fields: () => [{ kind: "text", name: "text", label: "What came?" }],
  build: (view, values) => ({
    command: { verb: "resume_clock", incident: view.card.id, text: said(values, "text") },
  }),
};
