import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Call, Command, Refusal } from "../bindings";
import { incidentDeed } from "../commands/all";
import { dismissSignal } from "../commands/dismiss-signal";
import { openDoor } from "../door";
import { realInstant } from "../parts/clock";
import { readSession } from "../records/reading";
import { records } from "../records/records";
import { InventedDesk } from "../testing/desk";
import { changeOf } from "../testing/drawn";
import { missing, view } from "../testing/views";
import { local, world } from "../testing/world";
import { draftKey } from "./about";
import { Asking, type Request } from "./asking";
import { afterBreach } from "./exception";
import { GuardPanel } from "./guard-panel";
import { latestDone } from "./run";

const NOW = Date.UTC(2026, 10, 23, 14);
let desk: InventedDesk;
let onEnd: ReturnType<typeof vi.fn<() => void>>;

function request(...verbs: ("assess" | "assign" | "set_severity" | "set_urgency")[]): Request {
  const deeds = verbs.flatMap((verb) => incidentDeed(verb) ?? []);
  return {
    about: { on: "incident", id: "incident-1" },
    deeds,
    title: "Move to Investigating",
    of: "INC-1043",
  };
}

/** The card stands in Logged: severity and urgency are still to be set. */
function unprioritised() {
  const { cards, facts } = desk.world;
  const [card, known] = [cards.get("incident-1"), facts.get("incident-1")];
  if (card === undefined || known === undefined) throw new Error("the invented world is empty");
  cards.set(card.id, { ...card, column: "logged" });
  Object.assign(known, { category: "network", severitySet: false, urgency: null });
}

function show(asked: Request) {
  return render(<GuardPanel request={asked} typed={{ current: "" }} onEnd={onEnd} />);
}

function executed(): Command[] {
  return desk.asked.flatMap((call: Call) => (call.call === "execute" ? [call.command] : []));
}

beforeEach(async () => {
  desk = new InventedDesk(world(3, () => NOW));
  const facts = desk.world.facts.get("incident-1");
  if (facts) facts.assessed = false;
  openDoor(desk);
  onEnd = vi.fn<() => void>();
  await readSession();
});

afterEach(() => {
  cleanup();
  records.incidents.clear();
});

describe("the guard panel", () => {
  it("lists what is missing in order, with the focus in the first question", async () => {
    show(request("assess", "assign"));
    const steps = await screen.findAllByRole("heading", { level: 3 });
    expect(steps.map((step) => step.textContent)).toEqual(["Record assessment", "Assign"]);
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/What is it/)));
  });

  it("keeps what is typed while the draft is read, and does nothing by it", async () => {
    let tell = (): void => undefined;
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const answer = desk.ask.bind(desk);
    desk.ask = (call) => (call.call === "draft" ? told.then(() => answer(call)) : answer(call));
    show(request("assess"));
    await screen.findByRole("button", { name: /Record assessment/ });
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Move to Investigating" }));
    await userEvent.setup().keyboard("Whole {Enter}site");
    tell();
    const question = await screen.findByLabelText<HTMLTextAreaElement>(/What is it/);
    await waitFor(() => expect(question.value).toBe("Whole site"));
    expect(document.activeElement).toBe(question);
    expect(executed()).toEqual([]);
  });

  it("goes with the reason where it was opened before its record was read, and that refuses it", async () => {
    const facts = desk.world.facts.get("incident-1");
    if (facts) facts.assessed = true;
    const asked: Request[] = [];
    render(
      <Asking.Provider value={(next) => asked.push(next)}>
        <GuardPanel
          request={{ ...request("assess"), judged: "when_read" }}
          typed={{ current: "" }}
          onEnd={onEnd}
        />
      </Asking.Provider>,
    );
    expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Move to Investigating" }));
    await waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    expect(asked).toMatchObject([{ deeds: [], refusal: { what: "It has its initial assessment" } }]);
    expect(screen.queryByRole("button", { name: /Record assessment/ })).toBeNull();
  });

  it("stays once its record was read and offered it, whatever is refused since", async () => {
    show({ ...request("assess"), judged: "when_read" });
    await userEvent.setup().type(await screen.findByLabelText(/What is it/), "Whole site");
    const seen = view(desk.world, "incident-1");
    act(() => records.readIncident({ ...seen, offers: [] }));
    expect(screen.getByLabelText<HTMLTextAreaElement>(/What is it/).value).toBe("Whole site");
    expect(onEnd).not.toHaveBeenCalled();
  });

  it("takes from nobody what they type about a signal that is dealt with meanwhile", async () => {
    const about = { on: "signal", id: "signal-0" } as const;
    show({ about, deeds: [dismissSignal], title: "Not an incident", of: "" });
    await userEvent.setup().type(await screen.findByLabelText(/Why is it no incident/), "A drill");
    act(() => records.change(changeOf({ signals_gone: [about.id] })));
    expect(screen.getByLabelText<HTMLTextAreaElement>(/Why is it no incident/).value).toBe("A drill");
  });

  it("commits by Enter, in order, and ends", async () => {
    const user = userEvent.setup();
    show(request("assess", "set_severity"));
    await user.type(await screen.findByLabelText(/What is it/), "Whole site");
    await user.click(screen.getByLabelText(/2 High/));
    await user.type(screen.getByLabelText(/Why this severity/), "Many users{Enter}");
    await waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    expect(executed().map((command) => command.verb)).toEqual(["assess", "set_severity"]);
    expect(executed()[0]).toEqual({ verb: "assess", incident: "incident-1", text: "Whole site" });
  });

  it("begins a new line by Shift+Enter", async () => {
    const user = userEvent.setup();
    show(request("assess"));
    await user.type(await screen.findByLabelText(/What is it/), "one{Shift>}{Enter}{/Shift}two");
    expect(screen.getByLabelText<HTMLTextAreaElement>(/What is it/).value).toBe("one\ntwo");
    expect(executed()).toEqual([]);
  });

  it("shows a refusal with its clause and what to do instead, and keeps what was typed", async () => {
    const user = userEvent.setup();
    show(request("set_severity"));
    await user.click(await screen.findByLabelText(/1 Critical/));
    await user.type(screen.getByLabelText(/Why this severity/), "   {Enter}");
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByText(/the words are missing/)).toBeTruthy();
    expect(within(alert).getByText("§3.1")).toBeTruthy();
    expect(within(alert).getByText(/Write what happened/)).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>(/1 Critical/).checked).toBe(true);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it("does not do twice what was done before a refusal", async () => {
    const user = userEvent.setup();
    show(request("assess", "set_severity"));
    const answer = desk.ask.bind(desk);
    let refused = false;
    desk.ask = async (call) => {
      const told = await answer(call);
      if (refused || call.call !== "execute" || call.command.verb !== "set_severity") return told;
      refused = true;
      throw missing("set_severity", "reason");
    };
    await user.type(await screen.findByLabelText(/What is it/), "Whole site");
    await user.click(screen.getByLabelText(/2 High/));
    await user.type(screen.getByLabelText(/Why this severity/), "Many{Enter}");
    await screen.findByRole("alert");
    await user.type(screen.getByLabelText(/Why this severity/), " users{Enter}");
    await waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    expect(executed().map((command) => command.verb)).toEqual(["assess", "set_severity", "set_severity"]);
  });

  it("does nothing where one of several steps is not filled in, and goes to what is open", async () => {
    const user = userEvent.setup();
    show(request("assess", "set_severity"));
    await user.type(await screen.findByLabelText(/What is it/), "Whole site{Enter}");
    expect(await screen.findByText("Choose a severity.")).toBeTruthy();
    await user.click(screen.getByLabelText(/2 High/));
    await user.type(screen.getByLabelText(/Why this severity/), " {Enter}");
    expect(await screen.findByText(/Answer this too; nothing was done yet/)).toBeTruthy();
    expect(executed()).toEqual([]);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it("saves what is filled in and stays: never the step that would move the card", async () => {
    const user = userEvent.setup();
    unprioritised();
    const asked = request("set_severity", "set_urgency");
    show(asked);
    await user.click(await screen.findByLabelText(/2 High/));
    await user.type(screen.getByLabelText(/Why this severity/), "Many users");
    await user.click(screen.getByLabelText(/^High/));
    await user.keyboard("{Control>}s{/Control}");
    await waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    expect(executed().map((command) => command.verb)).toEqual(["set_severity"]);
    const kept = await desk.ask({ call: "draft", key: draftKey(asked.about, asked.deeds.slice(1)) });
    expect(JSON.stringify(kept)).toContain("high");
  });

  it("saves nothing where no step is complete, and says so", async () => {
    const user = userEvent.setup();
    unprioritised();
    show(request("set_severity", "set_urgency"));
    await user.click(await screen.findByLabelText(/2 High/));
    await user.click(screen.getByRole("button", { name: /Save, stay/ }));
    await waitFor(() => expect(latestDone()?.words).toMatch(/No step is complete/));
    expect(executed()).toEqual([]);
    expect(onEnd).not.toHaveBeenCalled();
  });

  it("has nothing to save and stay with where one step is left", async () => {
    unprioritised();
    const facts = desk.world.facts.get("incident-1");
    if (facts) facts.severitySet = true;
    show(request("set_urgency", "assess"));
    const save = await screen.findByRole("button", { name: /Save, stay/ });
    expect(save.getAttribute("aria-disabled")).toBe("true");
    expect(save.textContent).toMatch(/that one moves the card/);
  });

  it("says at the question which choice is missing, and asks the desk nothing", async () => {
    const user = userEvent.setup();
    show(request("set_severity"));
    await user.type(await screen.findByLabelText(/Why this severity/), "why{Enter}");
    expect(await screen.findByText("Choose a severity.")).toBeTruthy();
    expect(executed()).toEqual([]);
  });

  it("leaves by Escape, and finds the words again", async () => {
    const user = userEvent.setup();
    const asked = request("assess");
    const { unmount } = show(asked);
    await user.type(await screen.findByLabelText(/What is it/), "half a thought{Escape}");
    expect(onEnd).toHaveBeenCalledOnce();
    unmount();
    const kept = await desk.ask({ call: "draft", key: draftKey(asked.about, asked.deeds) });
    expect(JSON.stringify(kept)).toContain("half a thought");
    show(asked);
    await waitFor(() =>
      expect(screen.getByLabelText<HTMLTextAreaElement>(/What is it/).value).toBe("half a thought"),
    );
  });

  it("asks for an exception where one may be granted, with clause and incident filled in", async () => {
    const user = userEvent.setup();
    const asked = vi.fn<(request: Request) => void>();
    const refusal: Refusal = {
      code: "too_early",
      verb: "close",
      clause: "§3.1",
      what: "Close: normal service is not restored",
      instead: "Record restoration first.",
      exception_by: ["supervisor"],
      field: null,
    };
    const blocked: Request = { ...request(), title: "Move to Closed", refusal };
    const { unmount } = render(
      <Asking.Provider value={asked}>
        <GuardPanel request={blocked} typed={{ current: "" }} onEnd={onEnd} />
      </Asking.Provider>,
    );
    expect(await screen.findByText(/normal service is not restored/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Do it/ })).toBeNull();
    await user.click(screen.getByRole("button", { name: "Request exception" }));
    const [next] = asked.mock.calls[0] ?? [];
    if (next === undefined) throw new Error("nothing was asked");
    expect(next).toMatchObject({ of: "INC-1043", given: { clause: "§3.1", incident: "incident-1" } });
    unmount();

    const until = local(realInstant() + 90 * 60_000).local.slice(0, 16);
    show({ ...next, given: { ...next.given, until } });
    const write = (label: RegExp, value: string) =>
      fireEvent.change(screen.getByLabelText(label), { target: { value } });
    await screen.findByRole("group", { name: /Until when/ });
    for (const label of [/What prevents/, /if it is refused/, /Who is affected/, /What compensates/])
      write(label, "words");
    expect(screen.queryByLabelText(/Client, if/)).toBeNull();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    expect(executed()).toMatchObject([
      {
        verb: "request_exception",
        clause: "§3.1",
        clock: null,
        incident: "incident-1",
        client: null,
        until: Date.parse(`${until}:00+01:00`),
      },
    ]);
  });

  it("puts the focus where an answer is wrong, and says why", async () => {
    // The invented document tells of its own selection without end.
    vi.spyOn(Selection.prototype, "collapse").mockImplementation(() => undefined);
    const past = local(realInstant() - 90 * 60_000).local.slice(0, 16);
    const whole = view(desk.world, "incident-1");
    const { given, ...asked } = afterBreach("resolution", whole);
    show({ ...asked, given: { ...given, until: past } });
    const until = await screen.findByRole("group", { name: /Until when/ });
    await userEvent.setup().click(screen.getByRole("button", { name: "Request exception" }));
    expect(await within(until).findByText(/has passed\. Give a later time\./)).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("day, Date"));
    expect(executed()).toEqual([]);
  });

  it("fills in the clock where a breach is of one", () => {
    const whole = view(desk.world, "incident-1");
    expect(afterBreach("resolution", whole).given).toMatchObject({ clause: "§3.3/3", clock: "resolution" });
  });

  it("offers no exception where nobody may grant one", async () => {
    const user = userEvent.setup();
    show(request("set_severity"));
    await user.click(await screen.findByLabelText(/1 Critical/));
    await user.type(screen.getByLabelText(/Why this severity/), "   {Enter}");
    await screen.findByRole("alert");
    expect(screen.queryByRole("button", { name: "Request exception" })).toBeNull();
  });
});
