import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Answered, Call, IncidentView, Move, Refusal } from "../../bindings";
import { openDoor } from "../../door";
import { readSession } from "../../records/reading";
import { records } from "../../records/records";
import { InventedDesk } from "../../testing/desk";
import { changeOf } from "../../testing/drawn";
import { COLUMNS } from "../../testing/views";
import { world } from "../../testing/world";
import { useCarrying } from "./use-carrying";

const ID = "incident-1";
const HEADS = COLUMNS.map(([column, name]) => ({ column, name }));
const REFUSAL = { what: "Assign: the client is not known yet", exception_by: [] } as unknown as Refusal;

/** A desk whose next answer about an incident waits until it is let go, and then refuses each move or none. */
class SlowDesk extends InventedDesk {
  slow = false;
  refuses = false;
  answer: () => void = () => undefined;

  override async ask(call: Call): Promise<Answered> {
    if (call.call === "incident" && this.slow) {
      await new Promise<void>((told) => {
        this.answer = told;
      });
    }
    const answer = await super.ask(call);
    if (answer.call !== "incident" || !this.refuses) return answer;
    const moves = answer.value.moves.map((move) => ({ ...move, refusal: REFUSAL }));
    return { call: "incident", value: { ...answer.value, moves } };
  }
}

let desk: SlowDesk;
const onMove = vi.fn<(view: IncidentView, move: Move) => void>();
const settled = () => act(() => new Promise((done) => setTimeout(done)));

/** The card is in the hand, over the column to the right; the desk is slow from then on. */
async function carry() {
  const { result } = renderHook(() => useCarrying(HEADS, onMove));
  act(() => result.current.pickUp(ID, "keys"));
  await settled();
  act(() => result.current.shift(1));
  desk.slow = true;
  return result;
}

beforeEach(async () => {
  desk = new SlowDesk(world(3, () => Date.UTC(2026, 10, 23, 14)));
  const card = desk.world.cards.get(ID);
  if (card === undefined) throw new Error("the invented world is empty");
  desk.world.cards.set(ID, { ...card, column: "logged" });
  openDoor(desk);
  await readSession();
});

afterEach(() => {
  onMove.mockClear();
  records.incidents.clear();
});

describe("a card let go", () => {
  it("asks for its move before the desk answers, where the record that was read says that it may be", async () => {
    const hand = await carry();
    act(() => hand.current.drop());
    expect(hand.current.carried).toBeNull();
    expect(onMove.mock.calls.map(([, move]) => [move.to, move.refusal])).toEqual([["prioritised", null]]);
    desk.answer();
    await settled();
    expect(onMove).toHaveBeenCalledOnce();
  });

  it("is told why not where the desk says otherwise by then", async () => {
    const hand = await carry();
    desk.refuses = true;
    act(() => hand.current.drop());
    expect(onMove).toHaveBeenCalledOnce();
    desk.answer();
    await settled();
    expect(onMove.mock.calls.map(([, move]) => move.refusal)).toEqual([null, REFUSAL]);
  });

  it("waits for the desk where its record was read of an older card, or refused the move", async () => {
    const hand = await carry();
    const card = records.cards.get(ID);
    if (card === undefined) throw new Error("no card");
    act(() => records.change(changeOf({ cards: [{ ...card, updated_at: card.updated_at + 1 }] })));
    act(() => hand.current.drop());
    expect(onMove).not.toHaveBeenCalled();
    desk.answer();
    await settled();
    expect(onMove.mock.calls.map(([, move]) => move.to)).toEqual(["prioritised"]);
    onMove.mockClear();
    desk.slow = false;
    desk.refuses = true;
    const other = await carry();
    act(() => other.current.drop());
    expect(onMove).not.toHaveBeenCalled();
    desk.refuses = false;
    desk.answer();
    await settled();
    expect(onMove.mock.calls.map(([, move]) => move.refusal)).toEqual([null]);
  });
});
