import { describe, expect, it } from "vitest";
import { age, countdown, type Deadline, rankOf, stateAt } from "./countdown";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DUE = Date.UTC(2026, 10, 23, 14);
const left = (milliseconds: number) => countdown(DUE, DUE - milliseconds);

describe("the text of a countdown", () => {
  it.each([
    [50 * HOUR, "2d 2h"],
    [3 * HOUR + 20 * MINUTE, "3h 20m"],
    [2 * HOUR + MINUTE, "2h 1m"],
    [2 * HOUR, "120m"],
    [22 * MINUTE + 30_000, "22m"],
    [10 * MINUTE, "10m"],
    [10 * MINUTE - 1, "10:00"],
    [6.5 * MINUTE, "6:30"],
    [9_000, "0:09"],
    [0, "-0:00"],
    [-42 * MINUTE, "-42m"],
    [-3 * HOUR, "-3h 0m"],
  ])("with %i ms left says %s", (milliseconds, text) => expect(left(milliseconds)).toBe(text));

  it("goes in steps of 15 seconds where motion is unwanted", () => {
    expect(countdown(DUE, DUE - 389_000, 15)).toBe("6:30");
    expect(countdown(DUE, DUE - 376_000, 15)).toBe("6:30");
    expect(countdown(DUE, DUE - 375_000, 15)).toBe("6:15");
  });

  it("says how long something has been so", () => {
    expect([age(DUE - 25 * MINUTE, DUE), age(DUE - 5 * HOUR, DUE), age(DUE - 72 * HOUR, DUE)]).toEqual([
      "25m",
      "5h",
      "3d",
    ]);
    expect(age(DUE + MINUTE, DUE)).toBe("0m");
  });
});

describe("the state of a deadline", () => {
  const attention = { watch: DUE - 2 * HOUR, caution: DUE - HOUR, warning: DUE - 24 * MINUTE };
  const deadline: Deadline = { due: DUE, attention, paused: false };

  it.each([
    [DUE - 2 * HOUR - 1, "on_track"],
    [DUE - 2 * HOUR, "watch"],
    [DUE - HOUR, "at_risk"],
    [DUE - 24 * MINUTE, "imminent"],
    [DUE - 1, "imminent"],
    [DUE, "overdue"],
  ] as const)("follows the instants that were given: %i is %s", (now, state) =>
    expect(stateAt(deadline, now)).toBe(state),
  );

  it("stands still while it is paused, even past its time", () => {
    expect(stateAt({ ...deadline, paused: true }, DUE + HOUR)).toBe("paused");
  });

  it("claims nothing where no time was given", () => {
    expect(stateAt({ due: null, attention: null, paused: false }, DUE)).toBe("on_track");
    expect(stateAt({ due: DUE, attention: null, paused: false }, DUE - 1)).toBe("on_track");
  });

  it("ranks the worst first", () => {
    expect(rankOf("overdue")).toBeLessThan(rankOf("imminent"));
    expect(rankOf("on_track")).toBeLessThan(rankOf("paused"));
  });
});
