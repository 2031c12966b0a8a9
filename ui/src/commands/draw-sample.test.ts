import { describe, expect, it } from "vitest";
import { ground, NOW } from "../testing/ground";
import { DESK_DEEDS } from "./all";

describe("a sample", () => {
  it("is drawn from a period and a client, never from a list", () => {
    const draw = DESK_DEEDS.find((deed) => deed.verb === "draw_sample");
    const said = {
      client: "client-fenn",
      begins_at: String(NOW - 3_600_000),
      seed: "7",
      count: "2",
      reviewer: "person-lund",
    };
    expect(draw?.build(said, ground, "fresh-3")).toEqual({
      command: {
        verb: "draw_sample",
        audit: "fresh-3",
        begins_at: NOW - 3_600_000,
        until: NOW + 1,
        client: "client-fenn",
        seed: 7,
        count: 2,
        reviewer: "person-lund",
      },
    });
  });
});
