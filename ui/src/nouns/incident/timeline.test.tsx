import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { TimelineLine } from "../../bindings";
import { local } from "../../testing/world";
import { Timeline } from "./timeline";

const NOON = Date.UTC(2026, 10, 23, 12);
const DAY = 24 * 3_600_000;

afterEach(cleanup);

function line(title: string, at: number, received: number | null = null): TimelineLine {
  const late = received === null ? null : local(received);
  return {
    id: title,
    at: local(at),
    received: late,
    who: "Dana",
    kind: "work",
    title,
    text: "",
    unsent: false,
  };
}

it("says the day wherever it changes, and of what came late where that is another", () => {
  const lines = [line("third", NOON), line("second", NOON - 1, NOON), line("first", NOON - DAY, NOON)];
  render(<Timeline lines={lines} complete />);
  const told = screen.getAllByRole("listitem").map((item) => item.textContent ?? "");
  expect(told.map((text) => /^\d+ Nov|third|second|first/.exec(text)?.[0].slice(0, 6))).toEqual([
    "23 Nov",
    "third",
    "second",
    "22 Nov",
    "first",
  ]);
  expect(told[2]).not.toMatch(/late: \d+ Nov/);
  expect(told[4]).toMatch(/late: 23 Nov/);
});
