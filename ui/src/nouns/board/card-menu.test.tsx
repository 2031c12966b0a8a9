import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ColumnHead, IncidentView, Move } from "../../bindings";
import { openDoor } from "../../door";
import { keys, useKeyboard } from "../../keys/use-keys";
import { readSession } from "../../records/reading";
import { records } from "../../records/records";
import { InventedDesk } from "../../testing/desk";
import { COLUMNS } from "../../testing/views";
import { world } from "../../testing/world";
import { CardMenuSoon } from "./card-menu-soon";

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
const onBoard = vi.fn<() => void>();

function Menu() {
  useKeyboard();
  return (
    <CardMenuSoon
      menu={{ id: "incident-1", anchor: document.body, part: "moves" }}
      columns={HEADS}
      onMove={onMove}
      onDeed={() => undefined}
      onOpen={() => undefined}
      onClose={() => undefined}
    />
  );
}

beforeEach(async () => {
  openDoor(new InventedDesk(world(3, () => Date.UTC(2026, 10, 23, 14))));
  await readSession();
});

afterEach(() => {
  cleanup();
  records.incidents.clear();
});

it("takes the number that was typed before it was here, and leaves the board nothing of it", async () => {
  const leave = keys.add([{ keys: "4,u", label: "", scope: "", run: onBoard }]);
  render(<Menu />);
  await userEvent.setup().keyboard("4u");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Actions" }).value).toBe("4u");
  await act(async () => fetched.come());
  await waitFor(() => expect(onMove).toHaveBeenCalledOnce(), { timeout: 10_000 });
  expect(onMove.mock.calls[0]?.[1].to).toBe("resolving");
  expect(onBoard).not.toHaveBeenCalled();
  leave();
});
