import { describe, expect, it } from "vitest";
import type { Command } from "../bindings";
import { ground, NOW, signal } from "../testing/ground";
import { DESK_DEEDS, SIGNAL_DEEDS } from "./all";

describe("a signal", () => {
  it("is dismissed with a reason and merged into an incident that is there", () => {
    const [, merge, dismiss] = SIGNAL_DEEDS;
    const expected: Command = { verb: "dismiss_signal", signal: "signal-1", reason: "test alert" };
    expect(dismiss?.build(signal(), { reason: " test alert " }, ground, "")).toEqual({ command: expected });
    expect(merge?.build(signal(), { into: "incident-1" }, ground, "")).toEqual({
      command: { verb: "merge_signal", signal: "signal-1", into: "incident-1" },
    });
    expect(merge?.build(signal(), { into: "nowhere" }, ground, "")).toHaveProperty("gap", "into");
  });

  it("is raised without a client or a service where they are not known", () => {
    const raised = DESK_DEEDS[1]?.build(
      { summary: "odd", source: "staff", reporter: "Mina" },
      ground,
      "fresh-3",
    );
    expect(raised).toMatchObject({
      command: {
        verb: "raise_signal",
        signal: "fresh-3",
        sighting: { client: null, service: null, reported_at: NOW },
      },
    });
  });
});
