// Draw sample: records to be looked at, by chance and by risk (§4.1).
import { type DeskDeed, gap, options, said } from "./deed";
import { instantOf, momentBehind } from "./moment";
import { LARGE_MAX, numberField, wholeNumber } from "./number";
import { saidIfAny } from "./record";
import { whomField } from "./whom";

export const drawSample: DeskDeed = {
  on: "desk",
  verb: "draw_sample",
  label: "Draw sample",
  keywords: ["audit", "sample", "compliance"],
  icon: "tag",
  keys: null,
  fields: (ground, values) => [
    {
      kind: "choice",
      name: "client",
      label: "Client, if it is about one alone",
      options: options(ground.choices.clients),
      optional: true,
    },
    momentBehind("begins_at", "Logged since"),
    numberField("seed", "Seed", "Any whole number; the same one draws the same records."),
    numberField("count", "How many?", "Records of the sample, in digits."),
    whomField(
      ground,
      { naming: "reviewer", client: saidIfAny(values, "client") },
      "reviewer",
      "Who looks at them?",
    ),
  ],
  build: (values, ground, fresh) => {
    const seed = wholeNumber(values, "seed", LARGE_MAX);
    if ("gap" in seed) return seed;
    const count = wholeNumber(values, "count", LARGE_MAX);
    if ("gap" in count) return count;
    if (values.reviewer === undefined) return gap("reviewer", "Choose a colleague.");
    return {
      command: {
        verb: "draw_sample",
        audit: fresh,
        begins_at: instantOf(values, "begins_at"),
        until: ground.opened + 1,
        client: saidIfAny(values, "client"),
        seed: seed.number,
        count: count.number,
        reviewer: said(values, "reviewer"),
      },
    };
  },
};
