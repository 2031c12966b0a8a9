import { cleanup, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dismissToast, latestDone } from "../../doing/run";
import { useKeyboard } from "../../keys/use-keys";
import { records } from "../../records/records";
import { Arrangement } from "./arrangement";
import { useBoardKeys } from "./use-board-keys";
import type { Standpoint } from "./use-focused-card";

const SIGNAL: Standpoint = { column: "identified", id: "signal-0" };
const INCIDENT: Standpoint = { column: "logged", id: "incident-1" };

const did: string[] = [];
const arrangement = new Arrangement(
  records,
  () => 0,
  () => undefined,
);

/** A board whose focus is on that card; it writes down what its keys do. */
function Board({ at }: { at: Standpoint | null }) {
  const note = (what: string) => () => void did.push(what);
  const noteOf = (what: string) => (of: string) => void did.push(`${what} ${of}`);
  useKeyboard();
  useBoardKeys({
    active: true,
    columns: [],
    arrangement,
    handles: new Map(),
    current: () => at,
    carrying: false,
    onShift: () => undefined,
    onDrop: note("drop"),
    onPutBack: note("put back"),
    onGrab: noteOf("grab"),
    onMenu: noteOf("menu"),
    onDeed: noteOf("deed"),
    onSignalDeed: noteOf("signal deed"),
    onToMe: note("to me"),
    onFilter: note("filter"),
    onSortNow: note("sort"),
  });
  return null;
}

/** What a key did on that card, and what was said. */
async function press(keys: string, at: Standpoint | null) {
  render(<Board at={at} />);
  await userEvent.setup().keyboard(keys);
  return { did: [...did], said: latestDone()?.words };
}

beforeEach(() => {
  did.length = 0;
  dismissToast();
});

afterEach(cleanup);

describe("on a signal", () => {
  it.each([
    ["1", "signal deed accept_signal"],
    ["2", "signal deed merge_signal"],
    ["3", "signal deed dismiss_signal"],
    ["s", "menu moves"],
    [".", "menu all"],
    ["{Shift>}{F10}{/Shift}", "menu all"],
  ])("%s does what it says", async (keys, what) => {
    expect(await press(keys, SIGNAL)).toEqual({ did: [what], said: undefined });
  });

  it.each([
    ["a", "Assign is for incidents"],
    ["i", "Assign to me is for incidents"],
    ["{Control>}{Shift>}m{/Shift}{/Control}", "Picking up is for incidents"],
  ])("%s does nothing, and says what to do instead", async (keys, words) => {
    const pressed = await press(keys, SIGNAL);
    expect(pressed.did).toEqual([]);
    expect(pressed.said).toContain(words);
    expect(pressed.said).toContain("1 logs it");
  });
});

describe("on an incident", () => {
  it.each([
    ["s", "menu moves"],
    [".", "menu all"],
    ["a", "deed assign"],
    ["i", "to me"],
    ["{Control>}{Shift>}m{/Shift}{/Control}", "grab incident-1"],
  ])("%s does what it says", async (keys, what) => {
    expect(await press(keys, INCIDENT)).toEqual({ did: [what], said: undefined });
  });

  it("what is for signals says what to do instead", async () => {
    const pressed = await press("1", INCIDENT);
    expect(pressed.did).toEqual([]);
    expect(pressed.said).toContain("is for signals");
  });
});

it.each(["s", "1", "a"])("where no card was chosen yet, %s says how one is", async (keys) => {
  const pressed = await press(keys, null);
  expect(pressed.did).toEqual([]);
  expect(pressed.said).toContain("Choose a card first");
});
