import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Answered, Call } from "../../bindings";
import { openDoor } from "../../door";
import { readSession } from "../../records/reading";
import { InventedDesk } from "../../testing/desk";
import { world } from "../../testing/world";
import { Palette } from "./palette";

/** A desk that answers a search when it is told to. */
class SearchingDesk extends InventedDesk {
  answer: () => void = () => undefined;

  override async ask(call: Call): Promise<Answered> {
    if (call.call === "search") {
      await new Promise<void>((answer) => {
        this.answer = answer;
      });
    }
    return super.ask(call);
  }
}

let desk: SearchingDesk;
let onClose: ReturnType<typeof vi.fn<() => void>>;

beforeEach(async () => {
  desk = new SearchingDesk(world(60, () => Date.UTC(2026, 10, 23, 14)));
  openDoor(desk);
  await readSession();
  onClose = vi.fn<() => void>();
  const none = () => undefined;
  render(<Palette about={null} typed={{ current: "" }} onClose={onClose} onNew={none} onKeys={none} />);
  screen.getByLabelText("Command or incident").focus();
});

afterEach(() => {
  cleanup();
  location.hash = "";
});

const numbered = () => [...desk.world.cards.values()].find((card) => card.label === "INC-1071");

it("opens by Enter the incident whose number was typed, after it was found", async () => {
  const user = userEvent.setup();
  await user.keyboard("107");
  desk.answer();
  await screen.findByRole("menuitem", { name: /INC-1071/ });
  await user.keyboard("1");
  desk.answer();
  await waitFor(() => expect(screen.getAllByRole("menuitem")).toHaveLength(1));
  await user.keyboard("{Enter}");
  expect(location.hash).toBe(`#/incident/${numbered()?.id}`);
});

it("opens it where Enter came before it was found, and nothing that an older question had found", async () => {
  const user = userEvent.setup();
  await user.keyboard("107");
  desk.answer();
  await screen.findByRole("menuitem", { name: /INC-1072/ });
  await user.keyboard("1{Enter}");
  expect(location.hash).toBe("");
  expect(onClose).not.toHaveBeenCalled();
  desk.answer();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(location.hash).toBe(`#/incident/${numbered()?.id}`);
});

it("takes the entry to which the arrows went", async () => {
  const user = userEvent.setup();
  await waitFor(() => expect(screen.getAllByRole("menuitem")[2]?.textContent).toContain("Go to triage"));
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
  expect(location.hash).toBe("#/triage");
});

it("does a command by Enter at once, and leaves by one Escape", async () => {
  const user = userEvent.setup();
  fireEvent.change(screen.getByLabelText("Command or incident"), { target: { value: "triage" } });
  desk.answer();
  await waitFor(() => expect(screen.getAllByRole("menuitem")[0]?.textContent).toContain("Go to triage"));
  await user.keyboard("{Enter}");
  expect(location.hash).toBe("#/triage");
  await user.keyboard("{Escape}");
  expect(onClose).toHaveBeenCalledTimes(2);
});
