import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ColumnHead, IncidentView, Move, Refusal, Verb } from "../../bindings";
import { openDoor } from "../../door";
import { keys, useKeyboard } from "../../keys/use-keys";
import { readSession } from "../../records/reading";
import { records } from "../../records/records";
import { InventedDesk } from "../../testing/desk";
import { changeOf } from "../../testing/drawn";
import { COLUMNS } from "../../testing/views";
import { world } from "../../testing/world";
import { CardMenuSoon } from "./card-menu-soon";
import { menuOf, type OpenMenu } from "./moving";

/** The file of the menu, which comes when the test says so. */
const fetched = vi.hoisted(() => {
  const held: { come: () => void; file: Promise<void> } = { come: () => undefined, file: Promise.resolve() };
  held.file = new Promise((resolve) => {
    held.come = () => resolve();
  });
  return held;
});

vi.mock("./card-menu", async (original) => {
  await fetched.file;
  return await original<typeof import("./card-menu")>();
});

const HEADS: readonly ColumnHead[] = COLUMNS.map(([column, name]) => ({ column, name }));
const onMove = vi.fn<(view: IncidentView, move: Move) => void>();
const onSignalDeed = vi.fn<(id: string, verb: Verb) => void>();
const onBoard = vi.fn<() => void>();

function Menu({ menu }: { menu: OpenMenu }) {
  useKeyboard();
  return (
    <CardMenuSoon
      menu={menu}
      columns={HEADS}
      onMove={onMove}
      onDeed={() => undefined}
      onSignalDeed={onSignalDeed}
      onOpen={() => undefined}
      onClose={() => undefined}
    />
  );
}

let desk: InventedDesk;

beforeEach(async () => {
  onSignalDeed.mockClear();
  desk = new InventedDesk(world(3, () => Date.UTC(2026, 10, 23, 14)));
  openDoor(desk);
  await readSession();
});

afterEach(() => {
  cleanup();
  records.incidents.clear();
});

it("takes the number that was typed before it was here, and leaves the board nothing of it", async () => {
  const leave = keys.add([{ keys: "4,u", label: "", scope: "", run: onBoard }]);
  render(<Menu menu={menuOf("incident-1", document.body, "moves")} />);
  await userEvent.setup().keyboard("4u");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Actions" }).value).toBe("4u");
  await act(async () => fetched.come());
  await waitFor(() => expect(onMove).toHaveBeenCalledOnce(), { timeout: 10_000 });
  expect(onMove.mock.calls[0]?.[1].to).toBe("resolving");
  expect(onBoard).not.toHaveBeenCalled();
  leave();
});

const IN_HAND: Refusal = {
  code: "not_permitted",
  verb: "merge_signal",
  clause: "§3.2",
  what: "Cannot merge: this is the Service Desk's",
  instead: "Ask the Service Desk.",
  exception_by: [],
  field: null,
};

it("lists what may become of a signal, each by its key, and why the rest may not", async () => {
  await act(async () => fetched.come());
  const signal = desk.world.signals.get("signal-0");
  if (signal === undefined) throw new Error("the invented world is empty");
  const refused = signal.offers.map((one) =>
    one.verb === "merge_signal" ? { ...one, refusal: IN_HAND } : one,
  );
  records.change(changeOf({ signals: [{ ...signal, offers: refused }] }));
  render(<Menu menu={menuOf("signal-0", document.body, "moves")} />);
  const items = await screen.findAllByRole("menuitem");
  expect(items.map((item) => item.textContent)).toEqual([
    "Accept and log",
    "Not an incident",
    `Merge into incident${IN_HAND.what}`,
  ]);
  expect(items.map((item) => item.getAttribute("aria-disabled"))).toEqual([null, null, "true"]);
  const [first] = items;
  if (first !== undefined) fireEvent.keyDown(first, { key: "3" });
  expect(onSignalDeed.mock.calls).toEqual([["signal-0", "dismiss_signal"]]);
});
