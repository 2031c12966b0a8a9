import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { IncidentView, Offer, Refusal } from "../../bindings";
import { Asking, type Request } from "../../doing/asking";
import { dismissToast, latestDone } from "../../doing/run";
import { openDoor } from "../../door";
import { keys, useKeyboard } from "../../keys/use-keys";
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

interface Wish {
  /** What the address asks for. */
  readonly doing: string;
  /** Why the first deed of the duty, or each of them, may not be done. */
  readonly first: Refusal | null;
  readonly second: Refusal | null;
  readonly mine: boolean;
}

/** Opens an incident whose duty is to assess and assign. */
async function open({ doing, first, second, mine }: Wish): Promise<void> {
  const desk = new InventedDesk(world(3, () => Date.UTC(2026, 10, 23, 14)));
  const whole = view(desk.world, ID);
  const [duty] = whole.duties;
  if (duty === undefined) throw new Error("the invented incident owes nothing");
  const subject = { on: "incident", id: ID } as const;
  const offers: Offer[] = [
    { verb: "assess", subject, label: "Record assessment", clause: "§6", refusal: first },
    { verb: "assign", subject, label: "Assign", clause: "§6", refusal: second },
  ];
  const seen: IncidentView = { ...whole, duties: [{ ...duty, mine, verbs: ["assess", "assign"] }], offers };
  const answer = desk.ask.bind(desk);
  desk.ask = (call) =>
    call.call === "incident" ? Promise.resolve({ call: "incident", value: seen }) : answer(call);
  openDoor(desk);
  await readSession();
  render(
    <Asking.Provider value={(request) => asked.push(request)}>
      <IncidentPage id={ID} doing={doing} />
    </Asking.Provider>,
  );
  await screen.findByRole("heading", { level: 1 });
}

const kindOf = (label: string) =>
  screen.getAllByRole("button", { name: label })[0]?.getAttribute("data-kind");

const verbsAsked = () => asked.map(({ deeds }) => deeds.map((deed) => deed.verb));
const ALLOWED = { first: null, second: null, mine: true };
const REFUSED = { first: REFUSAL, second: REFUSAL, mine: true };

it("opens the form of the next duty, whose deed stands out", async () => {
  await open({ ...ALLOWED, doing: "duty" });
  expect(verbsAsked()).toEqual([["assess"]]);
  expect(kindOf("Record assessment")).toBe("primary");
});

it.each(["duty", "assess"])(
  "opens the deed of a duty that this person may do, asked for by %s",
  async (doing) => {
    await open({ ...ALLOWED, doing, first: REFUSAL });
    expect(verbsAsked()).toEqual([["assign"]]);
    expect(latestDone()).toBeNull();
  },
);

it("opens the deed that was asked for where it may be done, though its duty begins with another", async () => {
  await open({ ...ALLOWED, doing: "assign" });
  expect(verbsAsked()).toEqual([["assign"]]);
});

it.each(["duty", "assess"])(
  "says why where nothing of my duty may be done, asked for by %s",
  async (doing) => {
    await open({ ...REFUSED, doing });
    expect(asked).toEqual([]);
    expect(latestDone()?.words).toContain(REFUSAL.what);
  },
);

it("says nothing unasked where the duty is another role's, and lets none of its deeds stand out", async () => {
  await open({ ...REFUSED, doing: "duty", mine: false });
  expect(asked).toEqual([]);
  expect(latestDone()).toBeNull();
  expect(kindOf("Record assessment")).toBe("plain");
});

it("is asked by the letter that was pressed before its record was read, and no other key has it", async () => {
  const desk = new InventedDesk(world(3, () => Date.UTC(2026, 10, 23, 14)));
  const answer = desk.ask.bind(desk);
  let letIn = (): void => undefined;
  const read = new Promise<void>((resolve) => {
    letIn = resolve;
  });
  desk.ask = (call) => (call.call === "incident" ? read.then(() => answer(call)) : answer(call));
  openDoor(desk);
  await readSession();
  const onOther = vi.fn<() => void>();
  const leave = keys.add([{ keys: "v", label: "", scope: "", run: onOther }]);
  render(<Opened />);
  await userEvent.setup().keyboard("v");
  letIn();
  await screen.findByRole("heading", { level: 1 });
  await waitFor(() => expect(asked).toMatchObject([{ deeds: [{ verb: "set_severity" }] }]));
  expect(onOther).not.toHaveBeenCalled();
  leave();
});

function Opened() {
  useKeyboard();
  return (
    <Asking.Provider value={(request) => asked.push(request)}>
      <IncidentPage id={ID} doing={null} />
    </Asking.Provider>
  );
}
