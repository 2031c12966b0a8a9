import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { raiseSignal } from "../commands/raise-signal";
import { openDoor } from "../door";
import { freezeClock } from "../parts/clock";
import { readSession } from "../records/reading";
import { InventedDesk } from "../testing/desk";
import { world } from "../testing/world";
import { GuardPanel } from "./guard-panel";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const OPENED = Date.UTC(2026, 10, 23, 14);

let desk: InventedDesk;
const onEnd = vi.fn<() => void>();
const request = { about: { on: "desk" }, deeds: [raiseSignal], title: "Report", of: "" } as const;

/** It is that time, for the desk and on screen. */
function itIs(instant: number): void {
  vi.setSystemTime(instant);
  freezeClock(false);
}

/** A form that asks when it was; what was typed in it last is kept. */
async function open() {
  const drawn = render(<GuardPanel request={request} typed={{ current: "" }} onEnd={onEnd} />);
  const minutes = await screen.findByLabelText<HTMLInputElement>("Reported");
  return { user: userEvent.setup(), minutes, leave: drawn.unmount };
}

/** What is typed in a form that is left before it is sent. */
async function typeAndLeave(minutes: string): Promise<void> {
  const { user, leave } = await open();
  await user.type(screen.getByLabelText("What did you see?"), "Mail is slow");
  await user.type(screen.getByLabelText("Reported by"), "Ely");
  await user.click(screen.getByLabelText(/Phone/));
  if (minutes !== "") await user.click(screen.getByRole("button", { name: minutes }));
  await act(async () => leave());
}

/** When it was, by what was sent. */
async function reported(): Promise<number | undefined> {
  await userEvent.setup().type(screen.getByLabelText("What did you see?"), "{Enter}");
  await waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
  const sent = desk.asked.flatMap((call) => (call.call === "execute" ? [call.command] : []));
  return sent.flatMap((one) => (one.verb === "raise_signal" ? [one.sighting.reported_at] : []))[0];
}

const pressed = () => screen.queryByRole("button", { pressed: true })?.textContent;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onEnd.mockClear();
  desk = new InventedDesk(world(3, () => OPENED));
  openDoor(desk);
  itIs(OPENED);
  await readSession();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("that nobody gave count from when the form is opened again", async () => {
  await typeAndLeave("");
  itIs(OPENED + 3 * MINUTE);
  await open();
  expect(screen.getByText(/^minutes before \d\d:03/)).toBeTruthy();
  expect(pressed()).toMatch(/^at \d\d:03/);
  expect(await reported()).toBe(OPENED + 3 * MINUTE);
});

it("that somebody gave mean what they meant, with the date, and are no usual ones any more", async () => {
  await typeAndLeave("15 min");
  itIs(OPENED + DAY);
  const { minutes } = await open();
  expect(minutes.value).toBe("15");
  expect(screen.getByText(/^minutes before 23 Nov \d\d:00/)).toBeTruthy();
  expect(pressed()).toBeUndefined();
  expect(await reported()).toBe(OPENED - 15 * MINUTE);
});

it("that are given anew count from now", async () => {
  await typeAndLeave("15 min");
  itIs(OPENED + DAY);
  const { user } = await open();
  await user.click(screen.getByRole("button", { name: "15 min" }));
  expect(screen.getByText(/^minutes before \d\d:00/)).toBeTruthy();
  expect(pressed()).toBe("15 min");
  expect(await reported()).toBe(OPENED + DAY - 15 * MINUTE);
});
