import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import type { Refusal } from "../../bindings";
import { latestDone } from "../../doing/run";
import { openDoor } from "../../door";
import { readSession } from "../../records/reading";
import { InventedDesk } from "../../testing/desk";
import { world } from "../../testing/world";
import { Triage } from "./triage";

const NOW = Date.UTC(2026, 10, 23, 14);
const NOT_YOURS: Refusal = {
  code: "not_permitted",
  verb: "merge_signal",
  clause: "§3.2",
  what: "Cannot merge: this is the Service Desk's",
  instead: "Ask the Service Desk.",
  exception_by: [],
  field: null,
};

afterEach(cleanup);

it("turns off what may not be done with a signal, and says why", async () => {
  const desk = new InventedDesk(world(3, () => NOW));
  const signal = desk.world.signals.get("signal-0");
  if (signal === undefined) throw new Error("the invented world is empty");
  const offers = signal.offers.map((one) =>
    one.verb === "merge_signal" ? { ...one, refusal: NOT_YOURS } : one,
  );
  desk.world.signals.set(signal.id, { ...signal, offers });
  openDoor(desk);
  await readSession();
  render(<Triage signal={signal.id} />);
  const merge = await screen.findByRole("button", { name: /^Merge/ });
  expect(merge.getAttribute("aria-disabled")).toBe("true");
  const why = document.getElementById(merge.getAttribute("aria-describedby") ?? "");
  expect(why?.textContent).toBe(NOT_YOURS.what);
  await userEvent.setup().click(merge);
  expect(merge.getAttribute("aria-pressed")).toBe("false");
  expect(latestDone()?.words).toContain(NOT_YOURS.instead);
});

it("lists signals by their turn: what is new goes before what repeats an older one", async () => {
  const desk = new InventedDesk(world(3, () => NOW));
  const [oldest] = [...desk.world.signals.values()].sort((a, b) => a.identified_at - b.identified_at);
  if (oldest === undefined) throw new Error("the invented world is empty");
  desk.world.signals.set(oldest.id, { ...oldest, turn: 1 });
  openDoor(desk);
  await readSession();
  render(<Triage signal={null} />);
  const listed = await screen.findAllByRole("link");
  expect(listed.length).toBe(desk.world.signals.size);
  expect(listed.at(-1)?.getAttribute("data-signal")).toBe(oldest.id);
});
