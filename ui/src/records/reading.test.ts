import { expect, it } from "vitest";
import type { Answered, Call } from "../bindings";
import { openDoor } from "../door";
import { InventedDesk } from "../testing/desk";
import { world } from "../testing/world";
import { readIncident } from "./reading";
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
