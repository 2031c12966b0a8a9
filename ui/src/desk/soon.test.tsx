import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDoor } from "../door";
import { readSession } from "../records/reading";
import { InventedDesk } from "../testing/desk";
import { world } from "../testing/world";
import { Desk } from "./desk";

/** The whole desk is drawn here; a busy machine takes its time for that. */
const PATIENCE_MS = 10_000;

/** The file of the palette, which comes when the test says so. */
const fetched = vi.hoisted(() => {
  const held: { come: () => void; file: Promise<void> } = { come: () => undefined, file: Promise.resolve() };
  held.file = new Promise((resolve) => {
    held.come = () => resolve();
  });
  return held;
});

vi.mock("./pages", async (original) => {
  const { pages, fetchPages } = await original<typeof import("./pages")>();
  return { fetchPages, pages: { ...pages, palette: () => fetched.file.then(pages.palette) } };
});

beforeEach(async () => {
  openDoor(new InventedDesk(world(3, () => Date.UTC(2026, 10, 23, 14))));
  await readSession();
});

afterEach(cleanup);

test(
  "letters typed while the palette is fetched stand in it, and do nothing else",
  async () => {
    const user = userEvent.setup();
    render(<Desk />);
    await user.keyboard("{Control>}k{/Control}");
    await user.keyboard("cas");
    const early = screen.getByRole<HTMLInputElement>("textbox", { name: "Command or incident" });
    expect(early.value).toBe("cas");
    await import("../nouns/palette/palette");
    fetched.come();
    const dialog = await screen.findByRole(
      "dialog",
      { name: "Commands and search" },
      { timeout: PATIENCE_MS },
    );
    const palette = within(dialog).getByLabelText<HTMLInputElement>("Command or incident");
    expect(palette.value).toBe("cas");
    expect(screen.queryByRole("dialog", { name: "Log incident" })).toBeNull();
  },
  2 * PATIENCE_MS,
);
