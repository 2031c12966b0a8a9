import { describe, expect, it } from "vitest";
import { ground, invented, NOW, signal } from "../testing/ground";
import { DESK_DEEDS, SIGNAL_DEEDS } from "./all";
import { type Built, filled } from "./deed";

describe("a log entry", () => {
  const said = {
    client: "client-fenn",
    services: "service-fenn-printing service-bolt-mail",
    summary: " s ",
    symptoms: "y",
    reporter: "Ely",
    source: "phone",
    impact: "some_users",
    reported: "5",
  };
  const entry = {
    client: "client-fenn",
    services: ["service-fenn-printing"],
    summary: "s",
    symptoms: "y",
    reporter: "Ely",
    impact: "some_users",
    drill: false,
    recurrence_of: null,
  };

  it("is logged with services of its own client alone, and with the time of the report", () => {
    const [log] = DESK_DEEDS;
    expect(log?.build(said, ground, "fresh-1")).toEqual({
      command: {
        verb: "log_incident",
        incident: "fresh-1",
        entry: { ...entry, source: "phone", reported_at: NOW - 300_000 },
      },
    });
  });

  it("is never given a source that nobody chose", () => {
    const [log] = DESK_DEEDS;
    const fields = log?.fields(ground, {}) ?? [];
    expect(fields.find((field) => field.name === "source")?.initial).toBeUndefined();
    expect(log?.build({ ...said, source: "" }, ground, "x")).toHaveProperty("gap", "source");
  });

  it("takes what the signal knows, its source and its time", () => {
    const [accept] = SIGNAL_DEEDS;
    const fields = accept?.fields(signal(), ground, {}) ?? [];
    const values = { ...filled(fields, {}), services: "service-fenn-printing", impact: "some_users" };
    const built: Built | undefined = accept?.build(signal(), values, ground, "fresh-2");
    const { source, reported_at } = signal();
    expect(built).toMatchObject({
      command: {
        verb: "accept_signal",
        signal: "signal-1",
        incident: "fresh-2",
        entry: { client: "client-fenn", source, reported_at },
      },
    });
    expect(fields.some((field) => field.name === "source")).toBe(false);
  });

  it("chooses the only service by itself", () => {
    const services = invented.choices.services.filter((one) => one.value === "service-fenn-mail");
    const only = { ...ground, choices: { ...ground.choices, services } };
    const field = DESK_DEEDS[0]
      ?.fields(only, { client: "client-fenn" })
      .find((one) => one.name === "services");
    expect(field?.initial).toBe("service-fenn-mail");
  });
});
