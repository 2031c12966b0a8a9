import { describe, expect, it, vi } from "vitest";
import { world } from "../testing/world";
import { Records } from "./records";

const NOW = Date.UTC(2026, 10, 23, 14);
const NONE = { cards: [], gone: [], signals: [], signals_gone: [] };

function filled() {
  const invented = world(3, () => NOW);
  const records = new Records();
  const cards = [...invented.cards.values()];
  const signals = [...invented.signals.values()];
  records.readBoard({ columns: [], cards, signals, last_closed: null, owed: 0 });
  const [first, second] = cards;
  if (first === undefined || second === undefined) throw new Error("the invented world is empty");
  return { records, first, second, cards, signals };
}

describe("records", () => {
  it("tell only those who read what changed", () => {
    const { records, first, second } = filled();
    const [ofFirst, ofSecond, ofBoard] = [vi.fn(), vi.fn(), vi.fn()];
    records.subscribe(`card:${first.id}`, ofFirst);
    records.subscribe(`card:${second.id}`, ofSecond);
    records.subscribe("board", ofBoard);
    records.change({ ...NONE, cards: [{ ...first, title: "other words" }] });
    expect([ofFirst, ofSecond, ofBoard].map((told) => told.mock.calls.length)).toEqual([1, 0, 1]);
    expect(records.cards.get(first.id)?.title).toBe("other words");
    expect(records.cards.get(second.id)).toBe(second);
  });

  it("tell nobody of what is on screen already", () => {
    const { records, first, signals } = filled();
    const told = vi.fn();
    records.subscribe("board", told);
    records.push({ ...NONE, cards: [{ ...first }], signals: signals.slice(0, 1), gone: ["gone before"] });
    expect(told).not.toHaveBeenCalled();
    records.push({ ...NONE, cards: [{ ...first, title: "other words" }] });
    expect(told).toHaveBeenCalledOnce();
  });

  it("stop telling those who left", () => {
    const { records, first } = filled();
    const told = vi.fn();
    records.subscribe(`card:${first.id}`, told)();
    records.change({ ...NONE, cards: [first] });
    expect(told).not.toHaveBeenCalled();
  });

  it("forget what went", () => {
    const { records, first, signals } = filled();
    records.change({ ...NONE, gone: [first.id], signals_gone: [signals[0]?.id ?? ""] });
    expect(records.cards.has(first.id)).toBe(false);
    expect(records.signals.size).toBe(signals.length - 1);
  });

  it("drop what a new reading of the board no longer holds, and name it to those who watch", () => {
    const { records, first, second } = filled();
    const watcher = vi.fn();
    records.watch(watcher);
    records.readBoard({ columns: [], cards: [second], signals: [], last_closed: null, owed: 0 });
    expect([...records.cards.keys()]).toEqual([second.id]);
    expect(watcher.mock.calls[0]?.[0].cards).toContain(first.id);
  });

  it("hold back what others do while motion is frozen, never what is done here", () => {
    const { records, first, second } = filled();
    records.hold(true);
    records.push({ ...NONE, cards: [{ ...first, title: "theirs" }] });
    records.change({ ...NONE, cards: [{ ...second, title: "mine" }] });
    expect([records.cards.get(first.id)?.title, records.cards.get(second.id)?.title]).toEqual([
      first.title,
      "mine",
    ]);
    expect(records.waiting).toBe(1);
    records.hold(false);
    expect(records.cards.get(first.id)?.title).toBe("theirs");
    expect(records.waiting).toBe(0);
  });

  it("empty the desk when another person signs in, and keep it for the same one", () => {
    const { records } = filled();
    const person = (id: string) => ({ id, name: id, roles: [] });
    const session = {
      person: person("dana"),
      server: "",
      zone: "UTC",
      offset_ms: 0,
      token_kept_in: "memory",
    };
    records.readSession(session);
    records.readSession({ ...session });
    expect(records.cards.size).toBeGreaterThan(0);
    records.readSession({ ...session, person: person("ines") });
    expect(records.cards.size).toBe(0);
    expect(records.boardRead).toBe(false);
  });
});
