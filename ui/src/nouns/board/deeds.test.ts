import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answered, Call } from "../../bindings";
import type { Request } from "../../doing/asking";
import { dismissToast, latestDone } from "../../doing/run";
import { openDoor } from "../../door";
import { readIncident, readSession } from "../../records/reading";
import { records } from "../../records/records";
import { InventedDesk } from "../../testing/desk";
import { changeOf } from "../../testing/drawn";
import { fault, view } from "../../testing/views";
import { ME, world } from "../../testing/world";
import { assignToMe, beginDeed } from "./deeds";

const NOW = Date.UTC(2026, 10, 23, 14);
const ID = "incident-1";

/** A desk that does a deed when it is told to. */
class SlowDesk extends InventedDesk {
  answer: (refuse?: Error) => void = () => undefined;

  override async ask(call: Call): Promise<Answered> {
    if (call.call !== "execute") return super.ask(call);
    const refused = await new Promise<Error | undefined>((told) => {
      this.answer = told;
    });
    if (refused !== undefined) throw refused;
    return super.ask(call);
  }
}

let desk: SlowDesk;
const standsIn = () => records.cards.get(ID)?.column;
const settled = () => new Promise((done) => setTimeout(done));

/** Prioritised and nobody's; assessed, so that only a person is missing, or not. */
async function begin(assessed: boolean): Promise<void> {
  desk = new SlowDesk(world(3, () => NOW));
  const [card, facts] = [desk.world.cards.get(ID), desk.world.facts.get(ID)];
  if (card === undefined || facts === undefined) throw new Error("the invented world is empty");
  desk.world.cards.set(ID, { ...card, column: "prioritised", assignee: null, assignee_name: null });
  Object.assign(facts, { category: "network", severitySet: true, urgency: "medium", assessed });
  Object.assign(facts, { steps: 0, restored: false, resolved: false, closed: false });
  openDoor(desk);
  await readSession();
}

beforeEach(() => records.incidents.clear());
afterEach(() => records.incidents.clear());

describe("a card assigned to me", () => {
  it("goes at once where its record says so, as unsent, until the desk answers", async () => {
    await begin(true);
    await readIncident(ID);
    assignToMe(ID);
    expect(records.cards.get(ID)).toMatchObject({ column: "investigating", assignee: ME, pending: "unsent" });
    desk.answer();
    await settled();
    expect(standsIn()).toBe("investigating");
    expect(records.cards.get(ID)).toBe(desk.world.cards.get(ID));
  });

  it("goes when the reading of its record arrives, where the key was quicker", async () => {
    await begin(true);
    const reading = readIncident(ID);
    assignToMe(ID);
    expect(standsIn()).toBe("prioritised");
    await reading;
    expect(records.cards.get(ID)).toMatchObject({ column: "investigating", assignee: ME, pending: "unsent" });
    desk.answer(fault("refused", "Assign: somebody else has it now."));
    await settled();
    expect(standsIn()).toBe("prioritised");
    expect(records.hears(`incident:${ID}`)).toBe(false);
  });

  it("waits for the desk where its record was read of an older card, or asks for more", async () => {
    await begin(true);
    await readIncident(ID);
    const card = records.cards.get(ID);
    if (card) records.change(changeOf({ cards: [{ ...card, updated_at: NOW + 1 }] }));
    assignToMe(ID);
    expect(standsIn()).toBe("prioritised");
    desk.answer(fault("refused", "Assign: somebody else has it now."));
    await begin(false);
    await readIncident(ID);
    assignToMe(ID);
    expect(standsIn()).toBe("prioritised");
    desk.answer();
    await settled();
  });

  it("goes back with the words of the refusal", async () => {
    await begin(true);
    await readIncident(ID);
    const before = records.cards.get(ID);
    assignToMe(ID);
    desk.answer(fault("refused", "Assign: somebody else has it now."));
    await settled();
    expect(records.cards.get(ID)).toBe(before);
    expect(latestDone()?.words).toBe("Assign: somebody else has it now.");
  });

  it("stays as the desk said in between", async () => {
    await begin(true);
    await readIncident(ID);
    const before = records.cards.get(ID);
    assignToMe(ID);
    if (before === undefined) throw new Error("no card");
    const theirs = { ...before, column: "resolving" as const };
    records.push(changeOf({ cards: [theirs] }));
    desk.answer(fault("refused", "Assign: somebody else has it now."));
    await settled();
    expect(standsIn()).toBe("resolving");
  });
});

describe("a deed of somebody who has left since", () => {
  it.each([undefined, fault("refused", "Assign: somebody else has it now.")])(
    "says nothing to whoever is here, and leaves them nothing to take back",
    async (refused) => {
      await begin(true);
      await readIncident(ID);
      dismissToast();
      assignToMe(ID);
      const { session } = records;
      if (session?.person == null) throw new Error("nobody is signed in");
      records.readSession({ ...session, person: { ...session.person, id: "person-other" } });
      desk.answer(refused);
      await settled();
      expect(latestDone()).toBeNull();
      expect(records.cards.size).toBe(0);
      expect(records.hears(`incident:${ID}`)).toBe(false);
    },
  );
});

describe("a deed begun by its key", () => {
  const asked: Request[] = [];
  const begun = (verb: "add_note" | "close") => beginDeed((request) => asked.push(request), ID, verb);

  beforeEach(async () => {
    asked.length = 0;
    await begin(true);
  });

  it("opens at once where its record was not read, to be judged when it is", () => {
    begun("add_note");
    expect(asked).toMatchObject([{ about: { id: ID }, title: "Add note", judged: "when_read" }]);
  });

  it("opens at once where its record was read and offers it", async () => {
    await readIncident(ID);
    begun("add_note");
    expect(asked).toHaveLength(1);
    expect(asked[0]?.judged).toBeUndefined();
  });

  it("is refused only by the record as it is now", async () => {
    await readIncident(ID);
    begun("close");
    await settled();
    expect(asked.splice(0)).toMatchObject([{ deeds: [], refusal: { what: "Close: it is not resolved" } }]);
    Object.assign(desk.world.facts.get(ID) ?? {}, { resolved: true });
    records.incidents.set(ID, { ...view(desk.world, ID), offers: [] });
    begun("close");
    expect(asked).toEqual([]);
    await settled();
    expect(asked).toMatchObject([{ deeds: [{ verb: "close" }] }]);
  });
});
