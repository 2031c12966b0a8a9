import { act, cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dismissSignal } from "../commands/dismiss-signal";
import { openDoor } from "../door";
import { beginReading } from "../records/reading";
import { InventedDesk } from "../testing/desk";
import { world } from "../testing/world";
import { Desk } from "./desk";

/** The whole desk is drawn here; a busy machine takes its time for that. */
const PATIENCE_MS = 10_000;
const PATIENT = { timeout: PATIENCE_MS };

/** The files that come when a test says so. */
const fetched = vi.hoisted(() => {
  const held = () => {
    let come = (): void => undefined;
    const file = new Promise<void>((resolve) => {
      come = () => resolve();
    });
    return { come: () => come(), file };
  };
  return { entry: held(), palette: held(), panel: held(), triage: held(), duties: held() };
});

vi.mock("./pages", async (original) => {
  const { pages, fetchPages } = await original<typeof import("./pages")>();
  return {
    fetchPages,
    pages: {
      ...pages,
      entry: () => fetched.entry.file.then(pages.entry),
      palette: () => fetched.palette.file.then(pages.palette),
      panel: () => fetched.panel.file.then(pages.panel),
      triage: () => fetched.triage.file.then(pages.triage),
      duties: () => fetched.duties.file.then(pages.duties),
    },
  };
});

let desk: InventedDesk;

beforeEach(async () => {
  desk = new InventedDesk(world(3, () => Date.UTC(2026, 10, 23, 14)));
  openDoor(desk);
  await beginReading({ openDuty: () => undefined });
});

afterEach(() => {
  cleanup();
  location.hash = "";
});

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
    fetched.palette.come();
    const dialog = await screen.findByRole("dialog", { name: "Commands and search" }, PATIENT);
    const palette = within(dialog).getByLabelText<HTMLInputElement>("Command or incident");
    expect(palette.value).toBe("cas");
    expect(screen.queryByRole("dialog", { name: "Log incident" })).toBeNull();
  },
  2 * PATIENCE_MS,
);

test(
  "letters typed while the form of a new incident is fetched search its first question",
  async () => {
    const user = userEvent.setup();
    render(<Desk />);
    await user.keyboard("c");
    await user.keyboard("n?bo");
    expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Log incident" }).value).toBe("n?bo");
    await import("../nouns/entry/new-entry");
    fetched.entry.come();
    const client = await screen.findByRole<HTMLInputElement>("combobox", { name: "Client" }, PATIENT);
    await waitFor(() => expect(client.value).toBe("n?bo"));
    expect(screen.queryByRole("dialog", { name: "Keys and taste" })).toBeNull();
    expect(desk.asked.some((call) => call.call === "my_duties")).toBe(false);
  },
  2 * PATIENCE_MS,
);

test(
  "letters typed while the guard panel is fetched stand in its first question, and Tab keeps them there",
  async () => {
    const user = userEvent.setup();
    render(<Desk />);
    act(() => {
      location.hash = "#/incident/incident-1/add_note";
    });
    const early = await screen.findByRole("textbox", { name: "Add note" }, PATIENT);
    expect(document.activeElement).toBe(early);
    await user.keyboard("cable {Enter}{Tab}cut");
    await import("../doing/guard-panel");
    fetched.panel.come();
    const note = await screen.findByLabelText<HTMLTextAreaElement>("Internal note", undefined, PATIENT);
    await waitFor(() => expect(note.value).toBe("cable cut"));
    expect(document.activeElement).toBe(note);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(desk.asked.some((call) => call.call === "execute")).toBe(false);
  },
  2 * PATIENCE_MS,
);

test(
  "letters pressed while a page is fetched are pressed when it is here",
  async () => {
    const user = userEvent.setup();
    render(<Desk />);
    await user.keyboard("gt");
    await user.keyboard("3");
    expect(await screen.findByText("Triage: loading …", undefined, PATIENT)).toBeTruthy();
    await import("../nouns/triage/triage");
    await act(async () => fetched.triage.come());
    await waitFor(
      () => expect(screen.getByRole("button", { pressed: true }).textContent).toContain(dismissSignal.label),
      PATIENT,
    );
  },
  2 * PATIENCE_MS,
);

test(
  "letters pressed for a page that was left are nobody's",
  async () => {
    const user = userEvent.setup();
    render(<Desk />);
    await user.keyboard("gm");
    await user.keyboard("c");
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("{Escape}");
    expect(location.hash).toBe("#/board");
    await import("../nouns/duties/my-work");
    await act(async () => fetched.duties.come());
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("c");
    expect(await screen.findByRole("dialog", { name: "Log incident" }, PATIENT)).toBeTruthy();
  },
  2 * PATIENCE_MS,
);
