import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import type { DutyChip } from "../../bindings";
import { Asking, type Request } from "../../doing/asking";
import { openDoor } from "../../door";
import { InventedDesk } from "../../testing/desk";
import { chip, ME, world } from "../../testing/world";
import { MyWork } from "./my-work";

const NOW = Date.UTC(2026, 10, 23, 14);

afterEach(cleanup);

it("pays a duty on a record that stands on no board, with the record chosen already", async () => {
  const duty: DutyChip = {
    ...chip("incident-1", "restore", NOW, false, ME),
    subject: { on: "exception", id: "exception-asked" },
    label: "Decide",
    about: "Exception: §3.1, INC-1043 Mail down",
    verbs: ["approve_exception", "decline_exception"],
  };
  const desk = new InventedDesk(world(3, () => NOW));
  desk.ask = async () => ({ call: "my_duties", value: { soonest: [duty], owed: 1 } });
  openDoor(desk);
  const asked: Request[] = [];
  render(
    <Asking.Provider value={(request) => asked.push(request)}>
      <MyWork />
    </Asking.Provider>,
  );
  await screen.findByText(/Exception: §3.1, INC-1043 Mail down/);
  await userEvent.setup().click(screen.getByRole("button", { name: "Decline exception" }));
  expect(asked).toHaveLength(1);
  expect(asked[0]?.deeds.map((deed) => deed.verb)).toEqual(["decline_exception"]);
  expect(asked[0]?.given).toEqual({ exception: "exception-asked" });
});

it("says why a duty on such a record is owed, also where no deed pays it here", async () => {
  const why = "It cannot be granted as it stands. Name another Supervisor, who has no part in it.";
  const duty: DutyChip = {
    ...chip("incident-1", "restore", NOW, false, ME),
    subject: { on: "exception", id: "exception-asked" },
    about: "Exception: §3.1, INC-1043 Mail down",
    verbs: ["configure"],
    why,
  };
  const desk = new InventedDesk(world(3, () => NOW));
  desk.ask = async () => ({ call: "my_duties", value: { soonest: [duty], owed: 1 } });
  openDoor(desk);
  render(<MyWork />);
  await screen.findByText(why);
  expect(screen.queryByRole("button")).toBeNull();
});
