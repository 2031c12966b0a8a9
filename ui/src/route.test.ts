import { describe, expect, it } from "vitest";
import { hrefOf, routeOf, toDuty } from "./route";

describe("the address of a duty", () => {
  it("is its deed on an incident, the signal in triage, and the list for what stands on no board", () => {
    const at = (on: "incident" | "signal" | "exception") => hrefOf(toDuty({ on, id: "one-1" }, "resolve"));
    expect(at("incident")).toBe("#/incident/one-1/resolve");
    expect(at("signal")).toBe("#/triage/one-1");
    expect(at("exception")).toBe("#/my-work");
  });

  it("reads as it was written", () => {
    const duty = toDuty({ on: "incident", id: "one-1" }, "duty");
    expect(routeOf(hrefOf(duty))).toEqual(duty);
    expect(routeOf(hrefOf({ at: "sign_in" }))).toEqual({ at: "sign_in" });
  });
});
