import { describe, expect, it } from "vitest";
import type { Card } from "../../bindings";
import { Records } from "../../records/records";
import { boardOf, changeOf } from "../../testing/drawn";
import { chip, world } from "../../testing/world";
import { Arrangement } from "./arrangement";
import { parseFilter } from "./filter";
import { displaced, inOrder, pressing } from "./order";

const NOW = Date.UTC(2026, 10, 23, 14);
const MINUTE = 60_000;

const [template] = world(1, () => NOW).cards.values();

function card(id: string, change: Partial<Card>, minutes: number | null = 600): Card {
  if (template === undefined) throw new Error("the invented world is empty");
  const duty = minutes === null ? null : chip(id, "restore", NOW + minutes * MINUTE, false, null);
  return {
    ...template,
    id,
    column: "investigating",
    major: false,
    severity: 3,
    second: null,
    duty,
    ...change,
  };
}

function arranged(cards: Card[], now = () => NOW) {
  const records = new Records();
  records.readBoard(boardOf({ cards }));
  const later: (() => void)[] = [];
  const arrangement = new Arrangement(records, now, (work) => later.push(work));
  records.watch((changed) => arrangement.take(changed));
  return { records, arrangement, later, ids: () => arrangement.lane("investigating").ids };
}

describe("the order of a column", () => {
  it("puts majors first, then time, then severity, then what is due first", () => {
    const cards = [
      card("calm-4", { severity: 4 }),
      card("calm-2", { severity: 2 }),
      card("risk", { severity: 4 }, 25),
      card("late", { severity: 4 }, -5),
      card("soon", {}, 5),
      card("calm-2-later", { severity: 2 }, 700),
      card("major", { major: true }),
      card("nothing owed", { severity: 1 }, null),
    ];
    const order = inOrder(cards, NOW).map((one) => one.id);
    expect(order).toEqual([
      "major",
      "late",
      "soon",
      "risk",
      "nothing owed",
      "calm-2",
      "calm-2-later",
      "calm-4",
    ]);
  });

  it("counts what would stand elsewhere", () => {
    expect(displaced(["a", "b", "c"], ["a", "c", "b"])).toBe(2);
  });

  it("lists what presses, worst first, and leaves the closed out", () => {
    const cards = [
      card("risk", {}, 25),
      card("late", {}, -5),
      card("gone", { column: "closed" }, -9),
      card("calm", {}),
    ];
    expect(pressing(cards, [], NOW).worst.map((one) => one.duty.subject)).toEqual([
      { on: "incident", id: "late" },
      { on: "incident", id: "risk" },
    ]);
  });
});

describe("major incidents", () => {
  it("stand the longest overdue first, whatever their column, and by their second duty too", () => {
    const major = (id: string, change: Partial<Card>, minutes: number | null) =>
      card(id, { major: true, ...change }, minutes);
    const { arrangement } = arranged([
      major("new", { column: "logged" }, 4),
      major("calm", { column: "logged" }, null),
      major("old", { column: "resolving" }, -109),
      major("second", { second: chip("second", "resolve", NOW - 200 * MINUTE, false, null) }, 600),
    ]);
    expect(arrangement.overview().majors).toEqual(["second", "old", "new", "calm"]);
  });
});

describe("the Now-strip", () => {
  const second = (id: string, minutes: number) => chip(id, "resolve", NOW + minutes * MINUTE, false, null);

  it("gives an incident one place: its worst duty, and how many others press", () => {
    const cards = [
      card("two", { second: second("two", -9) }, -5),
      card("one", {}, -7),
      card("half", { second: second("half", 600) }, 5),
    ];
    const { worst, count } = pressing(cards, [], NOW);
    expect(worst.map(({ duty, others }) => [duty.subject.id, duty.duty, others])).toEqual([
      ["two", "resolve", 1],
      ["one", "restore", 0],
      ["half", "restore", 0],
    ]);
    expect(count).toBe(3);
  });
});

describe("an arrangement", () => {
  it("keeps its order until it is settled", () => {
    const { records, arrangement, ids } = arranged([card("a", {}, 100), card("b", {}, 200)]);
    records.change(changeOf({ cards: [card("b", {}, -1)] }));
    expect(ids()).toEqual(["a", "b"]);
    arrangement.settle(new Set());
    expect(ids()).toEqual(["b", "a"]);
  });

  it("holds a column under a hand, and says how many would move", () => {
    const { records, arrangement, ids } = arranged([card("a", {}, 100), card("b", {}, 200)]);
    records.change(changeOf({ cards: [card("b", {}, -1)] }));
    arrangement.settle(new Set(["investigating"]));
    expect(ids()).toEqual(["a", "b"]);
    expect(arrangement.lane("investigating").wouldMove).toBe(2);
    arrangement.sortNow("investigating");
    expect(ids()).toEqual(["b", "a"]);
    expect(arrangement.lane("investigating").wouldMove).toBe(0);
  });

  it("moves a card to its new column at once", () => {
    const { records, arrangement, ids } = arranged([card("a", {}), card("b", {})]);
    records.change(changeOf({ cards: [card("a", { column: "restored" })], gone: ["b"] }));
    expect(ids()).toEqual([]);
    expect(arrangement.lane("restored").ids).toEqual(["a"]);
  });

  it("keeps the list itself where nothing in it moved, so that nothing is drawn again", () => {
    const { records, ids } = arranged([card("a", {}), card("b", {})]);
    const before = ids();
    records.change(changeOf({ cards: [card("a", { title: "other words" })] }));
    expect(ids()).toBe(before);
  });

  it("keeps a column as it is drawn where a card of it only says something else", () => {
    const { records, arrangement } = arranged([card("a", {}), card("b", {})]);
    const before = arrangement.lane("investigating");
    records.change(changeOf({ cards: [card("a", { pending: "sending" })] }));
    arrangement.settle(new Set());
    expect(arrangement.lane("investigating")).toBe(before);
  });

  it("counts what changed, came and went, and with the batch what time has made of the others", () => {
    let now = NOW;
    const { records, arrangement } = arranged(
      [card("late", {}, -5), card("soon", {}, 20), card("calm", {})],
      () => now,
    );
    const counted = () => arrangement.lane("investigating").counts;
    expect(counted()).toMatchObject({ overdue: 1, at_risk: 1, on_track: 1 });
    records.change(changeOf({ cards: [card("calm", {}, -1), card("new", {})] }));
    expect(counted()).toMatchObject({ overdue: 2, at_risk: 1, on_track: 1 });
    records.change(changeOf({ cards: [card("late", { column: "restored" }, -5)], gone: ["calm"] }));
    expect(counted()).toMatchObject({ overdue: 0, at_risk: 1, on_track: 1 });
    expect(arrangement.lane("restored").counts.overdue).toBe(1);
    now += 30 * MINUTE;
    arrangement.settle(new Set());
    expect(counted()).toMatchObject({ overdue: 1, at_risk: 0, on_track: 1 });
  });

  it("counts only what a filter shows, before and after a change", () => {
    const { records, arrangement } = arranged([card("mine", { severity: 1 }, -5), card("late", {}, -5)]);
    arrangement.filterBy(parseFilter("sev:1"));
    records.change(changeOf({ cards: [card("later", {}, -5)] }));
    expect(arrangement.lane("investigating").counts.overdue).toBe(1);
    arrangement.filterBy(parseFilter(""));
    expect(arrangement.lane("investigating").counts.overdue).toBe(3);
  });

  it("leaves nothing in a column that a great change has emptied", () => {
    const many = Array.from({ length: 300 }, (_, n) => card(`many-${n}`, {}));
    const { records, arrangement, ids } = arranged(many);
    records.change(changeOf({ gone: many.map((one) => one.id) }));
    expect(ids()).toEqual([]);
    expect(arrangement.lane("investigating").total).toBe(0);
  });

  it("settles one column after the other, and looks the board over when all had their turn", () => {
    const { records, arrangement } = arranged([
      card("a", {}, 100),
      card("b", {}, 200),
      card("c", { column: "restored" }, 100),
      card("d", { column: "restored" }, 200),
    ]);
    records.change(changeOf({ cards: [card("b", {}, -1), card("d", { column: "restored" }, -1)] }));
    const sorted = () =>
      (["investigating", "restored"] as const).filter((column) =>
        ["b", "d"].includes(arrangement.lane(column).ids[0] ?? ""),
      ).length;
    const turns = ["investigating", "restored", "identified"].map(() => {
      arrangement.settleNext(new Set());
      return sorted();
    });
    expect(turns.slice(1)).toEqual([1, 2]);
    expect(arrangement.overview().pressing.count).toBe(2);
  });

  it("says what a filter hides, and how much of it presses", () => {
    const { arrangement, ids } = arranged([
      card("mine", { severity: 1 }),
      card("late", {}, -5),
      card("calm", {}),
    ]);
    arrangement.filterBy(parseFilter("sev:1"));
    expect(ids()).toEqual(["mine"]);
    expect(arrangement.overview()).toMatchObject({ total: 3, hidden: 2, hiddenImminent: 1 });
    expect(arrangement.overview().pressing.count).toBe(1);
  });

  it("surveys the board after the change is on screen", () => {
    const { records, arrangement, later } = arranged([card("a", {})]);
    records.change(changeOf({ cards: [card("b", { major: true })] }));
    expect(arrangement.overview().total).toBe(1);
    for (const work of later.splice(0)) work();
    const seen = arrangement.overview();
    expect(seen).toMatchObject({ total: 2, majors: ["b"] });
    records.change(changeOf({ cards: [card("a", { title: "other words" })] }));
    for (const work of later.splice(0)) work();
    expect(arrangement.overview()).toBe(seen);
  });
});
