import { describe, expect, it } from "vitest";
import type { Card } from "../../bindings";
import { ME, world } from "../../testing/world";
import { matches, matchesSignal, parseFilter } from "./filter";

const NOW = Date.UTC(2026, 10, 23, 14);
const invented = world(1, () => NOW);
const [card] = invented.cards.values();
const [signal] = invented.signals.values();

function shows(text: string, change: Partial<Card>): boolean {
  if (card === undefined) throw new Error("the invented world is empty");
  return matches(parseFilter(text), { ...card, ...change }, ME, NOW);
}

describe("a filter", () => {
  it("reads its tokens", () => {
    expect(parseFilter("  sev:1,2 client:acme due<30m mine unassigned major mail Down ")).toMatchObject({
      severities: [1, 2],
      clients: ["acme"],
      dueWithin: 1_800_000,
      mine: true,
      unassigned: true,
      major: true,
      words: ["mail", "down"],
      unknown: [],
    });
  });

  it("says which tokens it does not understand, and asks nothing by them", () => {
    expect(parseFilter("sev:9 due<soon client:").unknown).toEqual(["sev:9", "due<soon", "client:"]);
    expect(shows("sev:9", {})).toBe(true);
  });

  it("shows everything when it is empty", () => expect(shows(" ", {})).toBe(true));

  it.each([
    ["sev:2", { severity: 2 }, { severity: 3 }],
    ["client:bolt", { client_name: "Bolt Freight" }, { client_name: "Acme Corp" }],
    ["unassigned", { assignee: null }, { assignee: "person-ivy" }],
    ["mine", { assignee: ME }, { assignee: "person-ivy", duty: null }],
    ["major", { major: true }, { major: false }],
    ["inc-7 PRINT", { label: "INC-77", title: "Print queue" }, { label: "INC-77", title: "Mail" }],
  ] as const)("%s keeps one and hides the other", (text, kept, hidden) => {
    expect(shows(text, kept)).toBe(true);
    expect(shows(text, hidden)).toBe(false);
  });

  it("counts time to what is due, and what is due never is not due soon", () => {
    const duty = card?.duty ? { ...card.duty, due: NOW + 29 * 60_000 } : null;
    expect(shows("due<30m", { duty })).toBe(true);
    expect(shows("due<28m", { duty })).toBe(false);
    expect(shows("due<28m", { duty: null })).toBe(false);
  });

  it("leaves signals out where it asks what only incidents have", () => {
    if (signal === undefined) throw new Error("the invented world is empty");
    expect(matchesSignal(parseFilter("sev:1"), signal, NOW)).toBe(false);
    expect(matchesSignal(parseFilter("sw-core"), signal, NOW)).toBe(true);
  });
});
