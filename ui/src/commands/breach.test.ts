import { describe, expect, it } from "vitest";
import type { IncidentView } from "../bindings";
import { BREACHES, ground, incident, invented, NOW } from "../testing/ground";
import { incidentDeed } from "./all";

describe("the reason for a breach", () => {
  const explain = incidentDeed("explain_breach");
  const asked = (choices = invented.choices) => explain?.fields(incident(), { ...ground, choices }, {}) ?? [];

  it("is asked of the targets that were not met alone", () => {
    const [clock] = asked();
    const hint = BREACHES.map((breach) => breach.name).join("; ");
    expect(clock).toMatchObject({ options: [{ value: "resolution", name: "Resolution", hint }] });
  });

  it("is chosen where the house keeps a list, and written where it keeps none", () => {
    const listed = [{ value: "The part was late", name: "The part was late", hint: "" }];
    const [, chosen] = asked({ ...invented.choices, breach_reasons: listed });
    expect(chosen).toMatchObject({ kind: "choice", options: listed });
    expect(asked()[1]).toMatchObject({ kind: "line" });
  });
});

describe("a correction", () => {
  const correct = incidentDeed("request_correction");
  const asked = (whole: IncidentView) => correct?.fields(whole, ground, {})[0];

  it("names one of several breaches in words", () => {
    expect(asked(incident())).toMatchObject({
      name: "due_at",
      options: BREACHES.map(({ name, hint }) => ({ name, hint })),
    });
    expect(asked(incident())?.initial).toBeUndefined();
  });

  it("is of the only breach there is, unless somebody says otherwise", () => {
    const whole = { ...incident(), breaches: [BREACHES[1]] };
    expect(asked(whole)?.initial).toBe(`resolution@${NOW}`);
  });
});
