import { describe, expect, it } from "vitest";
import { ground, incident } from "../testing/ground";
import { incidentDeed } from "./all";

describe("a lower severity that was proposed", () => {
  it("is shown, and agreed to as it was proposed", () => {
    const agree = incidentDeed("agree_lowering");
    const [shown] = agree?.fields(incident(), ground, {}) ?? [];
    expect(shown).toMatchObject({ kind: "shown", text: "4 Low, instead of 3", hint: "Tom Ivy: one user" });
    const none = { ...incident(), lowering: null };
    expect(agree?.build(none, { text: "t" }, ground, "")).toHaveProperty("gap", "text");
  });
});
