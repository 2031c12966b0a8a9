import { describe, expect, it } from "vitest";
import { ground, incident, NOW } from "../testing/ground";
import { DESK_DEEDS, incidentDeed } from "./all";

describe("a number of minutes", () => {
  const timed = [
    ["tell_client", { kind: "update", channel: "email" }, "next"],
    ["brief_management", {}, "next_at"],
    ["give_task", { owner: "person-lund" }, "check_at"],
    ["check_task", { task: "one-1" }, "check_at"],
  ] as const;

  it.each(timed)("that is none is asked for again: %s", (verb, values, field) => {
    const deed = incidentDeed(verb);
    for (const typed of ["soon", "-5", "0", "1e999"]) {
      const built = deed?.build(incident(), { ...values, [field]: typed }, ground, "fresh-9");
      expect(built).toMatchObject({ gap: field, words: expect.stringMatching(/as a number/) });
    }
  });

  it("is never guessed for a report", () => {
    const report = DESK_DEEDS.find((deed) => deed.verb === "raise_signal");
    const said = { summary: "s", reporter: "Ely", source: "phone" };
    expect(report?.build({ ...said, reported: "an hour" }, ground, "x")).toHaveProperty("gap", "reported");
    expect(report?.build({ ...said, reported: "60" }, ground, "x")).toMatchObject({
      command: { sighting: { reported_at: NOW - 3_600_000 } },
    });
  });
});
