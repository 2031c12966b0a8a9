import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Answered, Call, SessionView } from "../bindings";
import { latestDone } from "../doing/run";
import { openDoor } from "../door";
import { beginReading } from "../records/reading";
import { records } from "../records/records";
import { InventedDesk } from "../testing/desk";
import { world } from "../testing/world";
import { Desk } from "./desk";

/** The whole desk is drawn here; a busy machine takes its time for that. */
const PATIENCE_MS = 10_000;
const PATIENT = { timeout: PATIENCE_MS };

/** A desk at which somebody else signs in. */
class SharedDesk extends InventedDesk {
  override async ask(call: Call): Promise<Answered> {
    const answer = await super.ask(call);
    return answer.call === "sign_in" ? { call: "sign_in", value: asAnother(answer.value) } : answer;
  }
}

function asAnother(session: SessionView): SessionView {
  return { ...session, person: { id: "person-other", name: "Ines Ruiz", roles: ["service_desk"] } };
}

let desk: SharedDesk;

const executed = () => desk.asked.filter((call) => call.call === "execute");
const visit = (address: string) =>
  act(() => {
    location.hash = address;
  });

beforeEach(async () => {
  desk = new SharedDesk(world(3, () => Date.UTC(2026, 10, 23, 14)));
  openDoor(desk);
  await beginReading({ openDuty: () => undefined });
});

afterEach(() => {
  cleanup();
  records.incidents.clear();
  location.hash = "";
});

test(
  "whoever signs in next finds neither the open form of the person before, nor a deed of theirs to take back",
  async () => {
    const user = userEvent.setup();
    render(<Desk />);
    visit("#/incident/incident-1/add_note");
    await user.type(await screen.findByLabelText("Internal note", undefined, PATIENT), "It is done{Enter}");
    await waitFor(() => expect(latestDone()?.undo).not.toBeNull());
    visit("#/incident/incident-1/add_note");
    await user.type(await screen.findByLabelText("Internal note", undefined, PATIENT), "Words of Dana");
    expect(executed()).toHaveLength(1);
    visit("#/sign-in");
    await user.type(await screen.findByLabelText("Name", undefined, PATIENT), "ines");
    await user.type(screen.getByLabelText("Password"), "holdfast{Enter}");
    await screen.findByRole("button", { name: "Ines Ruiz" }, PATIENT);
    expect(screen.queryByLabelText("Internal note")).toBeNull();
    expect(latestDone()).toBeNull();
    expect(document.body.textContent).not.toContain("Add note");
    await user.keyboard("{Control>}z{/Control}");
    expect(latestDone()?.words).toBe("There is nothing to take back.");
    expect(executed()).toHaveLength(1);
    expect(desk.asked.some((call) => call.call === "undo")).toBe(false);
  },
  3 * PATIENCE_MS,
);

test(
  "whoever is led to something else writes nothing on what was open before",
  async () => {
    const user = userEvent.setup();
    render(<Desk />);
    visit("#/incident/incident-1/add_note");
    await user.type(await screen.findByLabelText("Internal note", undefined, PATIENT), "Words on the first");
    visit("#/triage");
    await waitFor(() => expect(screen.queryByLabelText("Internal note")).toBeNull());
    await user.keyboard("{Enter}");
    expect(executed()).toEqual([]);
    visit("#/incident/incident-1/add_note");
    const again = await screen.findByLabelText("Internal note", undefined, PATIENT);
    await waitFor(() => expect(again).toHaveProperty("value", "Words on the first"));
    visit("#/incident/incident-1");
    expect(screen.queryByLabelText("Internal note"), "on its own page it stays").not.toBeNull();
    visit("#/incident/incident-2");
    await waitFor(() => expect(screen.queryByLabelText("Internal note")).toBeNull());
  },
  4 * PATIENCE_MS,
);
