import { describe, expect, it } from "vitest";
import { ground } from "../testing/ground";
import { DESK_DEEDS } from "./all";

describe("an attestation", () => {
  const attest = DESK_DEEDS.find((deed) => deed.verb === "attest");

  it("asks the procedure's own case, and names the version that was read", () => {
    const procedure = "procedure-nights";
    const fields = attest?.fields(ground, { procedure }) ?? [];
    expect(fields.map((field) => field.label)).toContain("Nobody answers: what do you do?");
    expect(attest?.build({ procedure, answer: "1" }, ground, "")).toEqual({
      command: { verb: "attest", procedure, version: 2, answer: 1 },
    });
    expect(attest?.build({ procedure }, ground, "")).toHaveProperty("gap", "answer");
  });
});
