import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PersonView } from "../bindings";
import { signOut } from "../doing/sign-out";
import { call, openDoor } from "../door";
import { InventedDesk } from "../testing/desk";
import { ME, world } from "../testing/world";
import { useDraft } from "./drafts";
import { readSession } from "./reading";
import { records } from "./records";

const KEY = "note:incident-1";
const DANA: PersonView = { id: ME, name: "Dana Mora", roles: ["incident_manager"] };
const INES: PersonView = { id: "person-other", name: "Ines Ruiz", roles: ["service_desk"] };

let desk: InventedDesk;

beforeEach(async () => {
  desk = new InventedDesk(world(3, () => Date.UTC(2026, 10, 23, 14)));
  openDoor(desk);
  await readSession();
});

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const saved = () => desk.asked.filter((one) => one.call === "save_draft");
const bodies = () => saved().map((one) => ("body" in one ? one.body : undefined));
const found = () => call("draft", { key: KEY });

/** A draft that has been read. */
async function opened() {
  const drawn = renderHook(() => useDraft(KEY));
  await waitFor(() => expect(drawn.result.current.ready).toBe(true));
  return drawn;
}

/** A draft in which this person has just typed: less than what it waits for ago. */
async function typing() {
  const drawn = await opened();
  act(() => drawn.result.current.write("Words of Dana"));
  expect(saved()).toEqual([]);
  return drawn;
}

it("keeps nothing of the person before for whoever signs in within that time", async () => {
  const drawn = await typing();
  desk.takes(INES);
  await act(readSession);
  drawn.unmount();
  await waitFor(() => expect(saved()).toHaveLength(1));
  expect(saved()).toEqual([{ call: "save_draft", key: KEY, body: "Words of Dana", typist: ME }]);
  expect(await found()).toBeNull();
});

it("keeps nothing for them either where the screen does not know of them yet", async () => {
  const drawn = await typing();
  desk.takes(INES);
  drawn.unmount();
  await waitFor(() => expect(saved()).toHaveLength(1));
  expect(await found()).toBeNull();
});

it("keeps what was typed up to a sign-out for whoever typed it", async () => {
  await typing();
  signOut();
  await waitFor(() => expect(records.session?.person).toBeNull());
  const asked = desk.asked.map((one) => one.call);
  expect(asked.indexOf("save_draft")).toBeGreaterThan(0);
  expect(asked.indexOf("save_draft")).toBeLessThan(asked.indexOf("sign_out"));
  desk.takes(DANA);
  expect(await found()).toBe("Words of Dana");
  desk.takes(INES);
  expect(await found()).toBeNull();
});

it("keeps the words of whoever never pauses within a second", async () => {
  const { result } = await opened();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  for (let letters = 1; letters <= 20; letters += 1) {
    act(() => result.current.write("x".repeat(letters)));
    await act(() => vi.advanceTimersByTimeAsync(100));
  }
  expect(bodies()).toEqual(["x".repeat(10), "x".repeat(20)]);
});

it("keeps what was typed in a field when that is left, before any pause", async () => {
  const { result } = await opened();
  act(() => result.current.write("Words of Dana"));
  await act(async () => document.body.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
  expect(bodies()).toEqual(["Words of Dana"]);
});

it("keeps the later of two words last, however long the first one takes", async () => {
  let arrive = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const answer = desk.ask.bind(desk);
  desk.ask = async (asking) => {
    if (asking.call === "save_draft" && asking.body === "First") await held;
    return answer(asking);
  };
  const { result, unmount } = await opened();
  act(() => result.current.write("First"));
  await act(async () => document.body.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
  act(() => result.current.write("First and last"));
  unmount();
  arrive();
  await waitFor(() => expect(saved()).toHaveLength(2));
  expect(await found()).toBe("First and last");
});
