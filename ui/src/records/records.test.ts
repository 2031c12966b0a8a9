import { describe, expect, it, vi } from "vitest";
import type { SyncView } from "../bindings";
import { boardOf, changeOf } from "../testing/drawn";
import { world } from "../testing/world";
import { Records } from "./records";

const NOW = Date.UTC(2026, 10, 23, 14);
const SYNC: SyncView = {
  revision: 0,
  link: "live",
  since: null,
  reason: null,
  as_of: null,
  unsent: 0,
  sending: 0,
  attention: 0,
  filling: null,
  unshown: 0,
  now: null,
  offset_ms: 0,
};

function filled() {
  const invented = world(3, () => NOW);
  const records = new Records();
  const cards = [...invented.cards.values()];
  const signals = [...invented.signals.values()];
  records.readBoard(boardOf({ cards, signals }));
  const [first, second] = cards;
  if (first === undefined || second === undefined) throw new Error("the invented world is empty");
  return { records, first, second, cards, signals };
}

describe("records", () => {
  it("keep what is pushed before the board is read, and leave what was meant for the person before", () => {
    const { records, first } = filled();
    const session = { server: "", zone: "UTC", offset_ms: 0, token_kept_in: "" };
    const person = (id: string) => ({ ...session, person: { id, name: id, roles: [] } });
    records.readSession(person("before"));
    records.readSession(person("next"));
    records.push(changeOf({ cards: [{ ...first, title: "for the person before" }] }));
    expect(records.cards.size).toBe(0);
    const board = boardOf({ cards: [first] });
    records.push(changeOf({ cards: [{ ...first, title: "changed since" }] }));
    records.readBoard(board);
    expect(records.cards.get(first.id)?.title).toBe("changed since");
    records.push(changeOf({ cards: [first] }));
    expect(records.cards.get(first.id)).toBe(first);
  });

  it("tell only those who read what changed", () => {
    const { records, first, second } = filled();
    const [ofFirst, ofSecond, ofBoard] = [vi.fn(), vi.fn(), vi.fn()];
    records.subscribe(`card:${first.id}`, ofFirst);
    records.subscribe(`card:${second.id}`, ofSecond);
    records.subscribe("board", ofBoard);
    records.change(changeOf({ cards: [{ ...first, title: "other words" }] }));
    expect([ofFirst, ofSecond, ofBoard].map((told) => told.mock.calls.length)).toEqual([1, 0, 1]);
    expect(records.cards.get(first.id)?.title).toBe("other words");
    expect(records.cards.get(second.id)).toBe(second);
  });

  it("tell nobody of what is on screen already", () => {
    const { records, first, signals } = filled();
    const told = vi.fn();
    records.subscribe("board", told);
    records.push(changeOf({ cards: [{ ...first }], signals: signals.slice(0, 1), gone: ["gone before"] }));
    expect(told).not.toHaveBeenCalled();
    records.push(changeOf({ cards: [{ ...first, title: "other words" }] }));
    expect(told).toHaveBeenCalledOnce();
  });

  it("stop telling those who left", () => {
    const { records, first } = filled();
    const told = vi.fn();
    records.subscribe(`card:${first.id}`, told)();
    records.change(changeOf({ cards: [first] }));
    expect(told).not.toHaveBeenCalled();
  });

  it("forget what went", () => {
    const { records, first, signals } = filled();
    records.change(changeOf({ gone: [first.id], signals_gone: [signals[0]?.id ?? ""] }));
    expect(records.cards.has(first.id)).toBe(false);
    expect(records.signals.size).toBe(signals.length - 1);
  });

  it("drop what a new reading of the board no longer holds, and name it to those who watch", () => {
    const { records, first, second } = filled();
    const watcher = vi.fn();
    records.watch(watcher);
    records.readBoard(boardOf({ cards: [second] }));
    expect([...records.cards.keys()]).toEqual([second.id]);
    expect(watcher.mock.calls[0]?.[0].cards).toContain(first.id);
  });

  it("hold back what others do while motion is frozen, never what is done here", () => {
    const { records, first, second } = filled();
    records.hold(true);
    records.push(changeOf({ cards: [{ ...first, title: "theirs" }] }));
    records.change(changeOf({ cards: [{ ...second, title: "mine" }] }));
    expect([records.cards.get(first.id)?.title, records.cards.get(second.id)?.title]).toEqual([
      first.title,
      "mine",
    ]);
    expect(records.waiting).toBe(1);
    records.hold(false);
    expect(records.cards.get(first.id)?.title).toBe("theirs");
    expect(records.waiting).toBe(0);
  });

  it("forget what waited while motion was frozen, with the person for whom it came", () => {
    const { records, first } = filled();
    const session = { server: "", zone: "Europe/Berlin", offset_ms: 0, token_kept_in: "the keychain" };
    const person = { id: "person-1", name: "Dana Mora", roles: [] };
    records.readSession({ ...session, person });
    records.hold(true);
    records.push(changeOf({ cards: [{ ...first, title: "for Dana" }] }));
    records.readSession({ ...session, person: { ...person, id: "person-2" } });
    expect(records.waiting).toBe(0);
    records.hold(false);
    expect(records.cards.has(first.id)).toBe(false);
  });

  it("let no older answer overwrite a newer push, of a record or of what went", () => {
    const { records, first, second } = filled();
    const unsent = changeOf({ cards: [{ ...first, pending: "unsent" }, second] });
    records.push(changeOf({ cards: [{ ...first, pending: "none" }], gone: [second.id] }));
    records.change(unsent);
    expect(records.cards.get(first.id)?.pending).toBe("none");
    expect(records.cards.has(second.id)).toBe(false);
    records.change(changeOf({ cards: [{ ...first, pending: "unsent" }, second] }));
    expect(records.cards.get(first.id)?.pending).toBe("unsent");
    expect(records.cards.has(second.id)).toBe(true);
  });

  it("let no older board overwrite what was told meanwhile, and no older change a newer board", () => {
    const { records, first, second } = filled();
    const board = boardOf({ cards: [first] });
    const between = changeOf({ cards: [{ ...first, title: "between" }] });
    records.push(changeOf({ cards: [{ ...second, title: "told meanwhile" }] }));
    records.readBoard(board);
    expect(records.cards.get(second.id)?.title).toBe("told meanwhile");
    records.readBoard(boardOf({ cards: [second] }));
    records.change(between);
    records.readBoard(board);
    expect([...records.cards.keys()]).toEqual([second.id]);
  });

  it("thaw what waited without undoing what was done here since", () => {
    const { records, first } = filled();
    records.hold(true);
    records.push(changeOf({ cards: [{ ...first, title: "theirs" }] }));
    records.change(changeOf({ cards: [{ ...first, title: "mine, after theirs" }] }));
    records.hold(false);
    expect(records.cards.get(first.id)?.title).toBe("mine, after theirs");
  });

  it("never show an older state of the line, and begin anew when the line was lost", () => {
    const { records, second } = filled();
    const sync = (revision: number, unsent: number) => ({ ...SYNC, revision, unsent });
    records.readSync(sync(8, 0));
    records.readSync(sync(7, 1));
    expect(records.sync?.unsent).toBe(0);
    records.lineLost();
    records.readSync(sync(1, 2));
    records.readBoard({ ...boardOf({ cards: [second] }), revision: 1 });
    expect(records.sync?.unsent).toBe(2);
    expect([...records.cards.keys()]).toEqual([second.id]);
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
