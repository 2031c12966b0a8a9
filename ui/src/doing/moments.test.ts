import { beforeEach, describe, expect, it, vi } from "vitest";
import { momentAhead, momentAheadIfAny, momentBehind } from "../commands/moment";
import { openDoor } from "../door";
import { realInstant } from "../parts/clock";
import { InventedDesk } from "../testing/desk";
import { local, world } from "../testing/world";
import { settled } from "./moments";

const HOUR = 3_600_000;
const until = momentAhead("until", "Until when?");

/** What a clock on the house's wall shows so many hours from now. */
function typed(hours: number): string {
  return local(realInstant() + hours * HOUR).local.slice(0, 16);
}

beforeEach(() => openDoor(new InventedDesk(world(1, () => 0))));

describe("a typed date and time", () => {
  it("is the instant that the desk reads on the house's wall", async () => {
    const wall = typed(3);
    const answers = await settled([until], { until: wall, reason: "r" });
    const instant = Date.parse(`${wall}:00+01:00`);
    expect(answers).toEqual({ values: { until: String(instant), reason: "r" } });
  });

  it("says in words what is wrong with it", async () => {
    const words = async (value: string, field = until) => {
      const answers = await settled([field], { [field.name]: value });
      return "gap" in answers ? answers.words : "nothing";
    };
    expect(await words("")).toBe("Give the date and the time.");
    expect(await words("2026-11-28T")).toMatch(/time of day/);
    expect(await words("T17:00")).toMatch(/date as well/);
    expect(await words(typed(-2))).toMatch(/has passed\. Give a later time\./);
    expect(await words(typed(2), momentBehind("begins", "Logged since"))).toMatch(/still to come/);
  });

  it("may be left open where it need not be given", async () => {
    const asked = momentAheadIfAny("until", "Only until", "Left open, the end stays as it is.");
    expect(await settled([asked], {})).toEqual({ values: { until: "" } });
  });

  it("asks the desk nothing for the other questions", async () => {
    const desk = new InventedDesk(world(1, () => 0));
    openDoor(desk);
    const values = { text: "t" };
    expect(await settled([{ kind: "text", name: "text", label: "What?" }], values)).toEqual({ values });
    expect(desk.asked).toEqual([]);
    vi.restoreAllMocks();
  });
});
