import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { openDoor } from "../door";
import { SignInAgain } from "../nouns/session/sign-in";
import { StatusBar } from "../nouns/status/status-bar";
import { readSession } from "../records/reading";
import { records } from "../records/records";
import { InventedDesk } from "../testing/desk";
import { world } from "../testing/world";
import { Person } from "./person";

const NOW = Date.UTC(2026, 10, 23, 14);

afterEach(() => {
  cleanup();
  location.hash = "";
});

async function begin(link: "live" | "signed_out"): Promise<InventedDesk> {
  const circumstances = { signedIn: true, sync: { link, unsent: 1 }, attention: false };
  const desk = new InventedDesk(
    world(3, () => NOW),
    circumstances,
  );
  openDoor(desk);
  await readSession();
  return desk;
}

it("opens the way out from the name, and closes by Escape", async () => {
  const desk = await begin("live");
  const user = userEvent.setup();
  render(<Person />);
  const name = screen.getByRole("button", { name: "Dana Mora" });
  await user.click(name);
  expect(screen.queryByRole("link", { name: /Sign in/ })).toBeNull();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("button", { name: /Sign out/ })).toBeNull();
  await user.click(name);
  await user.click(screen.getByRole("button", { name: /Sign out/ }));
  await waitFor(() => expect(records.session?.person).toBeNull());
  expect(desk.asked.at(-1)?.call).toBe("sign_out");
});

it("ends the desk from the name", async () => {
  const desk = await begin("live");
  const user = userEvent.setup();
  render(<Person />);
  await user.click(screen.getByRole("button", { name: "Dana Mora" }));
  await user.click(screen.getByRole("button", { name: /Quit/ }));
  expect(desk.asked.at(-1)?.call).toBe("quit");
});

it("leads back in where the session has ended: from the line below, and from the name", async () => {
  await begin("signed_out");
  const user = userEvent.setup();
  render(
    <>
      <Person />
      <StatusBar />
    </>,
  );
  expect(screen.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe("#/sign-in");
  await user.click(screen.getByRole("button", { name: "Dana Mora" }));
  expect(screen.getAllByRole("link", { name: /Sign in/ })).toHaveLength(2);
});

it("goes back to the board after signing in again, and says what waits", async () => {
  await begin("signed_out");
  location.hash = "#/sign-in";
  const user = userEvent.setup();
  render(<SignInAgain />);
  expect(screen.getByText(/Your session has ended/)).toBeTruthy();
  expect(screen.getByRole("status").textContent).toContain("One deed waits");
  await user.type(screen.getByLabelText("Name"), "dana");
  await user.type(screen.getByLabelText("Password"), "holdfast{Enter}");
  await waitFor(() => expect(location.hash).toBe("#/board"));
});
