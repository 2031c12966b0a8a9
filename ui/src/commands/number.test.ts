import { describe, expect, it } from "vitest";
import { ground, incident, NOW } from "../testing/ground";
import { DESK_DEEDS, incidentDeed } from "./all";

describe("a whole number", () => {
  const answer = incidentDeed("record_survey_answer");
  const draw = DESK_DEEDS.find((deed) => deed.verb === "draw_sample");

  it.each(["", "four", "4.5", "-1", "4 of 5", "1e99"])("is not made of %j", (typed) => {
    expect(answer?.build(incident(), { score: typed }, ground, "")).toHaveProperty("gap", "score");
    const said = { reviewer: "person-lund", begins_at: String(NOW), seed: "7", count: typed };
    expect(draw?.build(said, ground, "fresh-3")).toHaveProperty("gap", "count");
    expect(draw?.build({ ...said, seed: typed, count: "2" }, ground, "x")).toHaveProperty("gap", "seed");
  });
});
