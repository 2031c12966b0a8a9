import { describe, expect, it } from "vitest";
import type { SyncView } from "../../bindings";
import { instant } from "../../parts/clock";
import { missed, words, writtenAsOf } from "./status-bar";

const today = new Date(instant()).toISOString().slice(0, 10);
const since = { instant: 0, local: `${today}T14:02:00`, offset: "+00:00", zone: "Europe/London" };
const sync: SyncView = {
  revision: 0,
  link: "live",
  since,
  reason: null,
  as_of: since,
  unsent: 0,
  sending: 0,
  attention: 0,
  filling: null,
  unshown: 0,
  now: null,
  offset_ms: 0,
};

describe("the line in words", () => {
  it.each([
    [{}, "Live"],
    [{ link: "connecting" }, "Connecting"],
    [{ link: "offline" }, "Offline since 14:02"],
    [
      { link: "offline", since: { ...since, local: `2024-02-29T14:02:00` } },
      "Offline since 29 Feb 2024 14:02",
    ],
    [{ link: "offline", since: null, reason: "No route." }, "Offline · No route."],
    [{ link: "signed_out" }, "Signed out: sign in to send"],
    [{ link: "out_of_date" }, "Desk and server are of different versions"],
  ] as const)("%o reads as it is", (change, text) => expect(words({ ...sync, ...change }, true)).toBe(text));

  it("never says live where the desk itself is silent", () => {
    expect(words(sync, false)).toContain("does not answer");
  });
});

describe("how old what is shown is", () => {
  const MINUTE = 60_000;
  it.each(["live", "connecting", "signed_out", "out_of_date"] as const)(
    "is said while the line is %s",
    (link) => {
      expect(writtenAsOf({ ...sync, link }, since.instant + MINUTE)).toBeNull();
      expect(writtenAsOf({ ...sync, link }, since.instant + MINUTE + 1)).toEqual(since);
    },
  );

  it("is not said twice, and not where nobody knows", () => {
    expect(writtenAsOf({ ...sync, link: "offline" }, since.instant + 9 * MINUTE)).toBeNull();
    expect(writtenAsOf({ ...sync, as_of: null }, since.instant + 9 * MINUTE)).toBeNull();
  });
});

it("says how many alarms the desktop does not show", () => {
  expect(missed(1)).toBe("1 alarm not shown: this desktop takes no notifications");
  expect(missed(3)).toBe("3 alarms not shown: this desktop takes no notifications");
});
