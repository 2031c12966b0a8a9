import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { IncidentView, Offer, Refusal } from "../../bindings";
import { Asking, type Request } from "../../doing/asking";
import { dismissToast, latestDone } from "../../doing/run";
import { openDoor } from "../../door";
import { readSession } from "../../records/reading";
import { records } from "../../records/records";
import { InventedDesk } from "../../testing/desk";
import { view } from "../../testing/views";
import { world } from "../../testing/world";
import { IncidentPage } from "./incident-page";

const ID = "incident-1";
const REFUSAL: Refusal = {
  code: "not_permitted",
  verb: "assess",
  clause: "§3.2",
  what: "Record assessment: your role does not include it",
  instead: "Ask the Service Desk to do it.",
  exception_by: [],
  field: null,
};

let asked: Request[];

beforeEach(() => {
  asked = [];
  dismissToast();
});

afterEach(() => {
  cleanup();
  records.incidents.clear();
  location.hash = "";
});

/** Opens the next duty of an incident, which is to assess and assign. */
async function open(refusal: Refusal | null): Promise<void> {
  const desk = new InventedDesk(world(3, () => Date.UTC(2026, 10, 23, 14)));
  const whole = view(desk.world, ID);
  const [duty] = whole.duties;
  if (duty === undefined) throw new Error("the invented incident owes nothing");
  const subject = { on: "incident", id: ID } as const;
  const offers: Offer[] = [
    { verb: "assess", subject, label: "Record assessment", clause: "§6", refusal },
    { verb: "assign", subject, label: "Assign", clause: "§6", refusal },
  ];
  const seen: IncidentView = { ...whole, duties: [{ ...duty, verbs: ["assess", "assign"] }], offers };
  const answer = desk.ask.bind(desk);
  desk.ask = (call) =>
    call.call === "incident" ? Promise.resolve({ call: "incident", value: seen }) : answer(call);
  openDoor(desk);
  await readSession();
  render(
    <Asking.Provider value={(request) => asked.push(request)}>
      <IncidentPage id={ID} doing="duty" />
    </Asking.Provider>,
  );
  await screen.findByRole("heading", { level: 1 });
}

const kindOf = (label: string) =>
  screen.getAllByRole("button", { name: label })[0]?.getAttribute("data-kind");

it("opens the form of the next duty, whose deed stands out", async () => {
  await open(null);
  expect(asked.map(({ deeds }) => deeds.map((deed) => deed.verb))).toEqual([["assess"]]);
  expect(kindOf("Record assessment")).toBe("primary");
});

it("says nothing unasked where the duty is another role's, and lets none of its deeds stand out", async () => {
  await open(REFUSAL);
  expect(asked).toEqual([]);
  expect(latestDone()).toBeNull();
  expect(kindOf("Record assessment")).toBe("plain");
});
