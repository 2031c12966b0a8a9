// Draw sample: records to be looked at, by chance and by risk (§4.1).
import { type DeskDeed, gap, options, said } from "./deed";
import { instantOf, momentBehind } from "./moment";
import { personField, saidIfAny } from "./record";

export const drawSample: DeskDeed = {
  on: "desk",
  verb: "draw_sample",
  label: "Draw sample",
  keywords: ["audit", "sample", "compliance"],
  icon: "tag",
  keys: null,
  fields: (ground) => [
    {
      kind: "choice",
      name: "client",
      label: "Client, if it is about one alone",
      options: options(ground.choices.clients),
      optional: true,
    },
    momentBehind("begins", "Logged since"),
    { kind: "line", name: "seed", label: "Seed", hint: "Any number; the same one draws the same records." },
    { kind: "line", name: "count", label: "How many?" },
    personField(ground, "reviewer", "Who looks at them?"),
  ],
  build: (values, ground, fresh) => {
    if (values.reviewer === undefined) return gap("reviewer", "Choose a colleague.");
    return {
      command: {
        verb: "draw_sample",
        audit: fresh,
        begins_at: instantOf(values, "begins"),
        until: ground.opened + 1,
        client: saidIfAny(values, "client"),
        seed: Number(values.seed) || 0,
        count: Number(values.count) || 0,
        reviewer: said(values, "reviewer"),
      },
    };
  },
};
