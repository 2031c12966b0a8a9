import { expect, it } from "vitest";
import type { Answered, Call } from "../bindings";
import { openDoor, Unheard } from "../door";
import { InventedDesk } from "../testing/desk";
import { world } from "../testing/world";
import { readAttention, readDuties, readIncident, readSession } from "./reading";
import { records } from "./records";

const NOW = Date.UTC(2026, 10, 23, 14);
const ID = "incident-1";

/** A desk whose first answer about an incident is held until it is let go. */
class OvertakenDesk extends InventedDesk {
  letGo: () => void = () => undefined;
  #first = true;

  override async ask(call: Call): Promise<Answered> {
    const answer = await super.ask(call);
    if (call.call === "incident" && this.#first) {
      this.#first = false;
      await new Promise<void>((go) => {
        this.letGo = go;
      });
    }
    return answer;
  }
}

it("shows no incident as it was before the one on screen", async () => {
  const desk = new OvertakenDesk(world(3, () => NOW));
  openDoor(desk);
  const early = readIncident(ID);
  await Promise.resolve();
  const card = desk.world.cards.get(ID);
  if (card === undefined) throw new Error("the invented world is empty");
  desk.world.cards.set(ID, { ...card, title: "changed since" });
  await readIncident(ID);
  desk.letGo();
  expect((await early).card.title).toBe(card.title);
  expect(records.incidents.get(ID)?.card.title).toBe("changed since");
});

/** A desk that answers nothing until it is told to. */
class LateDesk extends InventedDesk {
  late: Promise<void> | undefined;

  override async ask(call: Call): Promise<Answered> {
    const answer = await super.ask(call);
    await this.late;
    return answer;
  }
}

it("takes in nothing that was asked by somebody who has left since", async () => {
  const desk = new LateDesk(world(3, () => NOW));
  openDoor(desk);
  await readSession();
  const { session } = records;
  if (session?.person == null) throw new Error("nobody is signed in");
  let answer = (): void => undefined;
  desk.late = new Promise((told) => {
    answer = told;
  });
  const asked = [readIncident(ID), readAttention(), readDuties(), readSession()];
  records.readSession({ ...session, person: { ...session.person, id: "person-other" } });
  answer();
  const faults = await Promise.all(asked.map((one) => one.catch((fault: unknown) => fault)));
  for (const fault of faults) expect(fault).toBeInstanceOf(Unheard);
  expect([records.incidents.size, records.attention, records.duties, records.owed]).toEqual([0, [], [], 0]);
  expect([records.cards.size, records.session?.person?.id]).toEqual([0, "person-other"]);
});
