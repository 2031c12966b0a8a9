import { describe, expect, it } from "vitest";
import { invented, NOW, ground as standing } from "../testing/ground";
import { view } from "../testing/views";
import { filled, type Ground, type Values } from "./deed";
import { proposeViolation } from "./propose-violation";
import { requestException } from "./request-exception";

const ground: Ground = {
  ...standing,
  incidents: new Map([["incident-1", view(invented, "incident-1")]]),
};

function asked(values: Values) {
  return requestException.fields(ground, values);
}

function names(values: Values) {
  return asked(values).map((field) => field.name);
}

function built(values: Values) {
  const all = {
    until: String(NOW + 60_000),
    prevents: "p",
    if_refused: "r",
    affected: "a",
    control: "c",
    ...values,
  };
  return requestException.build({ ...all, ...filled(asked(all), all) }, ground, "fresh-1");
}

describe("the request of an exception", () => {
  it("offers the demands that a clock judges beside the others", () => {
    const [clause] = asked({});
    const options = clause?.kind === "choice" ? clause.options.map((option) => option.value) : [];
    expect(options).toEqual(expect.arrayContaining(["§3.3", "§3.3/3", "§3.4/2"]));
  });

  it("names the clock that judges the demand, and how it stands", () => {
    const clock = asked({ clause: "§3.3/3", incident: "incident-1" }).find((field) => field.name === "clock");
    const stands = view(invented, "incident-1").clocks.find((one) => one.reading.kind === "resolution");
    expect(clock).toMatchObject({ kind: "shown", text: "Resolution", hint: stands?.words });
    expect(built({ clause: "§3.3/3" })).toMatchObject({ command: { clause: "§3.3/3", clock: "resolution" } });
  });

  it("asks which clock of a paragraph that speaks of clocks, and of no other", () => {
    const clock = asked({ clause: "§3.3" }).find((field) => field.name === "clock");
    expect(clock).toMatchObject({ kind: "choice", optional: true });
    expect(built({ clause: "§3.3", clock: "response" })).toMatchObject({ command: { clock: "response" } });
    expect(built({ clause: "§3.3" })).toMatchObject({ command: { clock: null } });
    expect(names({ clause: "§3.4" })).not.toContain("clock");
    expect(built({ clause: "§3.4/2", clock: "response" })).toMatchObject({ command: { clock: null } });
  });

  it("is about one incident, one client or one service", () => {
    expect(names({})).toEqual(expect.arrayContaining(["incident", "client", "service"]));
    expect(names({ service: "service-acme-mail" })).not.toContain("client");
    expect(built({ clause: "§3.4", service: "service-acme-mail" })).toMatchObject({
      command: { incident: null, client: null, service: "service-acme-mail" },
    });
  });

  it("tells services of one name apart by their clients", () => {
    const service = asked({}).find((field) => field.name === "service");
    const mail = service?.kind === "choice" ? service.options.filter(({ name }) => name === "Mail") : [];
    expect(mail.map((option) => option.hint)).toEqual(expect.arrayContaining(["Acme Corp", "Bolt Freight"]));
  });

  it("begins now unless an earlier moment is given, and leaves that to the policy", () => {
    expect(built({ clause: "§3.4" })).toMatchObject({ command: { begins_at: null, until: NOW + 60_000 } });
    const earlier = String(NOW - 3_600_000);
    expect(built({ clause: "§3.4", begins_at: earlier })).toMatchObject({
      command: { begins_at: NOW - 3_600_000 },
    });
  });

  it("points to lines of its incident alone", () => {
    expect(requestException.reads?.({ incident: "incident-1" })).toEqual(["incident-1"]);
    const evidence = asked({ incident: "incident-1" }).find((field) => field.name === "evidence");
    expect(evidence?.kind === "several" && evidence.options.length).toBeGreaterThan(3);
    const values = { clause: "§3.4", incident: "incident-1", evidence: "line-1-52 line-2-52" };
    expect(built(values)).toMatchObject({ command: { evidence: ["line-1-52"] } });
    const none = asked({}).find((field) => field.name === "evidence");
    expect(none).toMatchObject({ options: [], hint: expect.stringContaining("incident first") });
  });

  it("renews one of the same scope", () => {
    const offered = (values: Values) => {
      const field = asked(values).find(({ name }) => name === "renewal_of");
      return field?.kind === "choice" ? field.options.map((option) => option.value) : [];
    };
    expect(offered({ incident: "incident-1" })).toEqual(["exception-asked"]);
    expect(offered({})).toEqual(["exception-wide"]);
    expect(built({ clause: "§3.4", renewal_of: "exception-wide" })).toMatchObject({
      command: { renewal_of: "exception-wide" },
    });
  });

  it("names everybody who would be in breach", () => {
    const values = { clause: "§3.4", beneficiaries: "person-ivy person-lund" };
    expect(built(values)).toMatchObject({ command: { beneficiaries: ["person-ivy", "person-lund"] } });
  });
});

describe("the proposal of a violation", () => {
  it("names the lines and the other records that show it", () => {
    const values = {
      person: "person-ivy",
      clause: "§3.1",
      incident: "incident-1",
      incidents: "incident-2",
      evidence: "line-1-52 line-9-52",
      text: "t",
    };
    expect(proposeViolation.reads?.(values)).toEqual(["incident-1", "incident-2"]);
    expect(proposeViolation.build(values, ground, "fresh-1")).toMatchObject({
      command: { incident: "incident-1", incidents: ["incident-2"], evidence: ["line-1-52"] },
    });
  });
});
