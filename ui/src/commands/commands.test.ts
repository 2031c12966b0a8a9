import { describe, expect, it } from "vitest";
import type { BreachChoice, Command, IncidentView, SignalCard, Verb } from "../bindings";
import { InventedDesk } from "../testing/desk";
import { ME, world } from "../testing/world";
import {
  ALL_DEEDS,
  DESK_DEEDS,
  INCIDENT_DEEDS,
  incidentDeed,
  type OffScreen,
  RECORD_DEEDS,
  SIGNAL_DEEDS,
} from "./all";
import { type Built, filled, type Ground, type Values } from "./deed";

const NOW = Date.UTC(2026, 10, 23, 14);
const invented = world(3, () => NOW);
const ground: Ground = {
  choices: invented.choices,
  me: ME,
  opened: NOW,
  zone: "Europe/Berlin",
  cards: () => [...invented.cards.values()],
  records: invented.records,
  incidents: new Map(),
};
const files = Object.keys(import.meta.glob("./*.ts")).map((path) => path.replace(/^\.\/|\.ts$/g, ""));

async function view(): Promise<IncidentView> {
  const answered = await new InventedDesk(invented).ask({ call: "incident", id: "incident-1" });
  if (answered.call !== "incident") throw new Error("not an incident");
  return {
    ...answered.value,
    urgency: "low",
    lowering: { value: 4, name: "4 Low, instead of 3", hint: "Tom Ivy: one user" },
    card: { ...answered.value.card, assignee: "person-ivy", severity: 3 },
    breaches: [...BREACHES],
  };
}

/** Two of one clock: by the clock alone nobody knows which one is meant. */
const BREACHES: readonly [BreachChoice, BreachChoice] = [
  { clock: "resolution", due: NOW - 3_600_000, name: "Resolution, due 23 Nov 14:00", hint: "Severity 3" },
  { clock: "resolution", due: NOW, name: "Resolution, due 23 Nov 15:00", hint: "Severity 2" },
];

function signal(): SignalCard {
  const found = invented.signals.get("signal-1");
  if (found === undefined) throw new Error("no such signal");
  return found;
}

/** What people do, each with the words of a form and the command they make. */
const DEEDS: readonly [Verb, Values, object][] = [
  ["assess", { text: " whole site " }, { text: "whole site" }],
  ["assign", { to: "person-lund" }, { from: "person-ivy", to: "person-lund" }],
  ["accept_assignment", {}, {}],
  ["categorise", { category: "mail" }, { category: "mail" }],
  ["set_severity", { severity: "1", reason: "all" }, { from: 3, severity: 1, reason: "all" }],
  ["propose_lowering", { severity: "4", reason: "one" }, { from: 3, severity: 4, reason: "one" }],
  ["agree_lowering", { text: "one" }, { severity: 4, text: "one" }],
  ["decline_lowering", { reason: "all" }, { reason: "all" }],
  [
    "switch_agreement",
    { agreement: "agreement-gold", reason: "signed" },
    { agreement: "agreement-gold", reason: "signed" },
  ],
  ["review_pause", { text: "asked" }, { text: "asked" }],
  ["set_urgency", { urgency: "high" }, { from: "low", urgency: "high" }],
  ["add_note", { text: "n" }, { text: "n" }],
  ["record_diagnosis", { text: "d" }, { text: "d" }],
  ["apply_workaround", { text: "w" }, { text: "w" }],
  ["record_resolution_step", { text: "s" }, { text: "s" }],
  [
    "escalate",
    { path: "technical", to: "person-lund", reason: "r" },
    { path: "technical", to: "person-lund", reason: "r" },
  ],
  [
    "start_escalation",
    { path: "technical", need: "resources", reason: "r" },
    { path: "technical", need: "resources", reason: "r" },
  ],
  ["acknowledge_escalation", {}, {}],
  ["ask_forecast", { clock: "resolution" }, { clock: "resolution" }],
  [
    "answer_forecast",
    { clock: "resolution", answer: "cannot_be_met", reason: "r" },
    { clock: "resolution", answer: "cannot_be_met", reason: "r" },
  ],
  ["pause_clock", { reason: "awaiting_client", text: "p" }, { reason: "awaiting_client", text: "p" }],
  ["resume_clock", { text: "c" }, { text: "c" }],
  ["restore_service", { text: "b" }, { text: "b" }],
  ["resolve", { text: "f", cause: "c" }, { text: "f", cause: "c" }],
  [
    "tell_client",
    {
      kind: "update",
      channel: "phone",
      contact: "Rao",
      text: "disk ordered",
      next: "30",
      topics: "blame",
      outcome: "answered",
    },
    {
      message: "fresh-9",
      kind: "update",
      channel: "phone",
      contact: "Rao",
      text: "disk ordered",
      template: null,
      next_update_at: NOW + 30 * 60_000,
      topics: ["blame"],
      correction_of: null,
      outcome: "answered",
    },
  ],
  ["approve_message", { message: "message-1" }, { message: "message-1" }],
  ["return_message", { message: "message-1", reason: "r" }, { message: "message-1", reason: "r" }],
  [
    "record_delivery",
    { message: "message-1", outcome: "failed", text: "full" },
    { message: "message-1", outcome: "failed", text: "full" },
  ],
  [
    "record_client_reply",
    { kind: "human", channel: "email", contact: "Rao", text: "thanks" },
    { kind: "human", channel: "email", contact: "Rao", text: "thanks" },
  ],
  ["update_internally", { colleagues: "tiers", text: "u" }, { colleagues: "tiers", text: "u" }],
  [
    "confirm_restoration",
    { channel: "phone", contact: "Rao", answer: "no_answer", text: "rang out" },
    { channel: "phone", contact: "Rao", answer: "no_answer", text: "rang out" },
  ],
  [
    "identify_client",
    { client: "client-fenn", services: "service-fenn-printing service-bolt-mail" },
    { client: "client-fenn", services: ["service-fenn-printing"] },
  ],
  [
    "move_to_client",
    { client: "client-fenn", services: "service-fenn-printing", reason: "wrong firm" },
    { client: "client-fenn", services: ["service-fenn-printing"], reason: "wrong firm" },
  ],
  ["consider_breach", {}, {}],
  [
    "explain_breach",
    { clock: "resolution", reason: "parts", text: "t" },
    { clock: "resolution", reason: "parts", text: "t" },
  ],
  [
    "request_correction",
    { due_at: `resolution@${NOW}`, wrong: "w", truly: "t", entries: "line-1-52" },
    {
      exception: "fresh-9",
      clock: "resolution",
      due_at: NOW,
      wrong: "w",
      truly: "t",
      entries: ["line-1-52"],
    },
  ],
  [
    "plan_permanent_fix",
    { owner: "person-lund", due_by: String(NOW + 7 * 86_400_000), reference: "PRB-7" },
    { owner: "person-lund", due_by: NOW + 7 * 86_400_000, reference: "PRB-7" },
  ],
  ["close", { text: "done" }, { text: "done", unconfirmed_reason: null }],
  [
    "ask_survey",
    { channel: "email", contact: "Rao" },
    { survey: "survey-1", channel: "email", contact: "Rao" },
  ],
  [
    "record_survey_answer",
    { score: "4", text: "quick" },
    { incident: undefined, survey: "survey-1", score: 4, text: "quick" },
  ],
  ["reopen", { reason: "again" }, { reason: "again" }],
  ["cancel", { reason: "twice" }, { reason: "twice" }],
  ["propose_major", { reason: "w" }, { reason: "w" }],
  ["declare_major", { reason: "w" }, { reason: "w" }],
  ["decline_major", { reason: "w" }, { reason: "w" }],
  [
    "stand_down_major",
    { reason: "w", review_owner: "person-lund" },
    { reason: "w", review_owner: "person-lund" },
  ],
  [
    "assign_major_role",
    { role: "incident_manager", to: "person-lund", in_place_of: "person-lund" },
    { role: "incident_manager", to: "person-lund", in_place_of: "person-lund" },
  ],
  ["accept_major_role", { role: "incident_manager" }, { role: "incident_manager" }],
  ["open_bridge", { line: "w" }, { line: "w" }],
  ["mark_attendance", { person: "person-lund", mark: "joined" }, { person: "person-lund", mark: "joined" }],
  ["call_roll", { attendees: "person-lund" }, { attendees: ["person-lund"] }],
  ["close_bridge", { text: "w" }, { text: "w" }],
  [
    "report_conditions",
    { conditions: "w", actions: "w", needs: "w" },
    { conditions: "w", actions: "w", needs: "w" },
  ],
  ["record_finding", { standing: "fact", text: "w" }, { standing: "fact", text: "w" }],
  [
    "record_decision",
    { text: "w", poll: "not_polled", objection: "w" },
    { text: "w", poll: "not_polled", objection: "w" },
  ],
  [
    "give_task",
    { text: "w", owner: "person-lund", check_at: "15" },
    { task: "fresh-9", text: "w", owner: "person-lund", check_at: NOW + 900_000 },
  ],
  [
    "check_task",
    { task: "one-1", text: "w", check_at: "15" },
    { task: "one-1", text: "w", check_at: NOW + 900_000 },
  ],
  [
    "request_resource",
    { text: "w", person: "person-lund" },
    { request: "fresh-9", text: "w", person: "person-lund" },
  ],
  [
    "answer_resource_request",
    { request: "one-1", reply: "granted", covered_by: "person-lund", text: "w" },
    { request: "one-1", reply: "granted", covered_by: "person-lund", text: "w" },
  ],
  ["record_arrival", { request: "one-1" }, { request: "one-1" }],
  [
    "brief_management",
    { what: "w", impact: "w", doing: "w", next: "w", next_at: "15" },
    { what: "w", impact: "w", doing: "w", next: "w", next_at: NOW + 900_000 },
  ],
  ["link_child", { child: "one-1" }, { child: "one-1" }],
  ["unlink_child", { child: "one-1", reason: "w" }, { child: "one-1", reason: "w" }],
  ["merge_incident", { into: "one-1", reason: "w" }, { into: "one-1", reason: "w" }],
  ["undo_merge", { reason: "w" }, { reason: "w" }],
  ["link_change", { number: "w", back_link: "w" }, { number: "w", back_link: "w" }],
  ["link_problem", { number: "w", back_link: "w" }, { number: "w", back_link: "w" }],
  ["link_known_error", { number: "w", back_link: "w" }, { number: "w", back_link: "w" }],
  [
    "open_vendor_case",
    { vendor: "w", number: "w", text: "w" },
    { case: "fresh-9", vendor: "w", number: "w", text: "w" },
  ],
  ["chase_vendor", { case: "one-1", text: "w" }, { case: "one-1", text: "w" }],
  ["vendor_answered", { case: "one-1", text: "w" }, { case: "one-1", text: "w" }],
  [
    "suspect_breach",
    { text: "w", members: "person-lund" },
    { suspicion: "fresh-9", text: "w", members: ["person-lund"] },
  ],
  [
    "open_review",
    { owner: "person-ivy", manager: "person-lund", incidents: "incident-2" },
    { owner: "person-ivy", manager: "person-lund", incidents: ["incident-2"] },
  ],
  ["record_recurrence", { incidents: "incident-2 incident-3" }, { incidents: ["incident-2", "incident-3"] }],
];

describe("the verbs of people", () => {
  it("have one object each, in a file of their name", () => {
    const written: Record<Exclude<Verb, OffScreen>, true> = {
      raise_signal: true,
      log_incident: true,
      accept_signal: true,
      dismiss_signal: true,
      merge_signal: true,
      categorise: true,
      set_severity: true,
      set_urgency: true,
      propose_lowering: true,
      agree_lowering: true,
      decline_lowering: true,
      switch_agreement: true,
      review_pause: true,
      assess: true,
      assign: true,
      accept_assignment: true,
      add_note: true,
      record_diagnosis: true,
      apply_workaround: true,
      record_resolution_step: true,
      restore_service: true,
      resolve: true,
      confirm_restoration: true,
      close: true,
      reopen: true,
      cancel: true,
      escalate: true,
      start_escalation: true,
      attest: true,
      acknowledge_escalation: true,
      ask_forecast: true,
      answer_forecast: true,
      pause_clock: true,
      resume_clock: true,
      propose_major: true,
      declare_major: true,
      decline_major: true,
      stand_down_major: true,
      assign_major_role: true,
      accept_major_role: true,
      open_bridge: true,
      mark_attendance: true,
      call_roll: true,
      close_bridge: true,
      report_conditions: true,
      record_finding: true,
      record_decision: true,
      give_task: true,
      check_task: true,
      request_resource: true,
      answer_resource_request: true,
      record_arrival: true,
      brief_management: true,
      link_child: true,
      unlink_child: true,
      merge_incident: true,
      undo_merge: true,
      link_change: true,
      link_problem: true,
      link_known_error: true,
      open_vendor_case: true,
      chase_vendor: true,
      vendor_answered: true,
      suspect_breach: true,
      add_member: true,
      remove_member: true,
      note_suspicion: true,
      notify_authority: true,
      close_suspicion: true,
      release_line: true,
      request_exception: true,
      break_glass: true,
      amend_exception: true,
      approve_exception: true,
      decline_exception: true,
      return_exception: true,
      answer_exception: true,
      revoke_exception: true,
      invoke_exception: true,
      delegate_approval: true,
      extend_review: true,
      write_review: true,
      complete_review: true,
      close_review: true,
      add_action: true,
      finish_action: true,
      verify_action: true,
      reopen_action: true,
      uphold_action: true,
      propose_violation: true,
      answer_violation: true,
      decide_violation: true,
      draw_sample: true,
      replace_sample: true,
      change_reviewer: true,
      review_record: true,
      report_finding: true,
      answer_finding: true,
      close_finding: true,
      close_audit: true,
      open_review: true,
      record_recurrence: true,
      tell_client: true,
      approve_message: true,
      return_message: true,
      record_delivery: true,
      record_client_reply: true,
      update_internally: true,
      identify_client: true,
      move_to_client: true,
      consider_breach: true,
      explain_breach: true,
      request_correction: true,
      plan_permanent_fix: true,
      ask_survey: true,
      record_survey_answer: true,
    };
    const verbs = ALL_DEEDS.map((deed) => deed.verb).sort();
    expect(verbs).toEqual(Object.keys(written).sort());
    for (const verb of verbs) expect(files).toContain(verb.replaceAll("_", "-"));
  });

  it("share no default key within a scope", () => {
    for (const deeds of [INCIDENT_DEEDS, SIGNAL_DEEDS, [...DESK_DEEDS, ...RECORD_DEEDS]]) {
      const keys = deeds.flatMap((deed) => deed.keys ?? []);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it.each(DEEDS)("%s builds its command", async (verb, values, fields) => {
    const deed = incidentDeed(verb);
    const built = deed?.build(await view(), values, ground, "fresh-9");
    expect(built).toEqual({ command: { verb, incident: "incident-1", ...fields } });
  });

  it("cover every deed on an incident", () => {
    expect(DEEDS.map(([verb]) => verb)).toEqual(INCIDENT_DEEDS.map((deed) => deed.verb));
  });

  it("ask for every choice they cannot do without, and leave empty words to the policy", async () => {
    for (const deed of INCIDENT_DEEDS) {
      const whole = await view();
      const fields = deed.fields(whole, ground, {}).filter((field) => field.optional !== true);
      const needed = fields.filter(
        (field) => field.kind === "choice" || field.kind === "number" || field.name.endsWith("_at"),
      );
      const built = deed.build(whole, {}, ground, "");
      if (needed.length > 0) expect(built).toHaveProperty("gap", needed[0]?.name);
      else expect(built).toHaveProperty("command");
    }
  });
});

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

describe("a sample", () => {
  it("is drawn from a period and a client, never from a list", () => {
    const draw = DESK_DEEDS.find((deed) => deed.verb === "draw_sample");
    const said = {
      client: "client-fenn",
      begins_at: String(NOW - 3_600_000),
      seed: "7",
      count: "2",
      reviewer: "person-lund",
    };
    expect(draw?.build(said, ground, "fresh-3")).toEqual({
      command: {
        verb: "draw_sample",
        audit: "fresh-3",
        begins_at: NOW - 3_600_000,
        until: NOW + 1,
        client: "client-fenn",
        seed: 7,
        count: 2,
        reviewer: "person-lund",
      },
    });
  });
});

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

describe("a signal", () => {
  it("is dismissed with a reason and merged into an incident that is there", () => {
    const [, merge, dismiss] = SIGNAL_DEEDS;
    const expected: Command = { verb: "dismiss_signal", signal: "signal-1", reason: "test alert" };
    expect(dismiss?.build(signal(), { reason: " test alert " }, ground, "")).toEqual({ command: expected });
    expect(merge?.build(signal(), { into: "incident-1" }, ground, "")).toEqual({
      command: { verb: "merge_signal", signal: "signal-1", into: "incident-1" },
    });
    expect(merge?.build(signal(), { into: "nowhere" }, ground, "")).toHaveProperty("gap", "into");
  });

  it("is raised without a client or a service where they are not known", () => {
    const raised = DESK_DEEDS[1]?.build(
      { summary: "odd", source: "staff", reporter: "Mina" },
      ground,
      "fresh-3",
    );
    expect(raised).toMatchObject({
      command: {
        verb: "raise_signal",
        signal: "fresh-3",
        sighting: { client: null, service: null, reported_at: NOW },
      },
    });
  });
});

describe("a lower severity that was proposed", () => {
  it("is shown, and agreed to as it was proposed", async () => {
    const agree = incidentDeed("agree_lowering");
    const [shown] = agree?.fields(await view(), ground, {}) ?? [];
    expect(shown).toMatchObject({ kind: "shown", text: "4 Low, instead of 3", hint: "Tom Ivy: one user" });
    const none = { ...(await view()), lowering: null };
    expect(agree?.build(none, { text: "t" }, ground, "")).toHaveProperty("gap", "text");
  });
});

describe("a whole number", () => {
  const answer = incidentDeed("record_survey_answer");
  const draw = DESK_DEEDS.find((deed) => deed.verb === "draw_sample");

  it.each(["", "four", "4.5", "-1", "4 of 5", "1e99"])("is not made of %j", async (typed) => {
    expect(answer?.build(await view(), { score: typed }, ground, "")).toHaveProperty("gap", "score");
    const said = { reviewer: "person-lund", begins_at: String(NOW), seed: "7", count: typed };
    expect(draw?.build(said, ground, "fresh-3")).toHaveProperty("gap", "count");
    expect(draw?.build({ ...said, seed: typed, count: "2" }, ground, "x")).toHaveProperty("gap", "seed");
  });
});

describe("the reason for a breach", () => {
  const explain = incidentDeed("explain_breach");
  const asked = async (choices = invented.choices) =>
    explain?.fields(await view(), { ...ground, choices }, {}) ?? [];

  it("is asked of the targets that were not met alone", async () => {
    const [clock] = await asked();
    const hint = BREACHES.map((breach) => breach.name).join("; ");
    expect(clock).toMatchObject({ options: [{ value: "resolution", name: "Resolution", hint }] });
  });

  it("is chosen where the house keeps a list, and written where it keeps none", async () => {
    const listed = [{ value: "The part was late", name: "The part was late", hint: "" }];
    const [, chosen] = await asked({ ...invented.choices, breach_reasons: listed });
    expect(chosen).toMatchObject({ kind: "choice", options: listed });
    expect((await asked())[1]).toMatchObject({ kind: "line" });
  });
});

describe("a correction", () => {
  const correct = incidentDeed("request_correction");
  const asked = (whole: IncidentView) => correct?.fields(whole, ground, {})[0];

  it("names one of several breaches in words", async () => {
    expect(asked(await view())).toMatchObject({
      name: "due_at",
      options: BREACHES.map(({ name, hint }) => ({ name, hint })),
    });
    expect(asked(await view())?.initial).toBeUndefined();
  });

  it("is of the only breach there is, unless somebody says otherwise", async () => {
    const whole = { ...(await view()), breaches: [BREACHES[1]] };
    expect(asked(whole)?.initial).toBe(`resolution@${NOW}`);
  });
});

describe("a number of minutes", () => {
  const timed = [
    ["tell_client", { kind: "update", channel: "email" }, "next"],
    ["brief_management", {}, "next_at"],
    ["give_task", { owner: "person-lund" }, "check_at"],
    ["check_task", { task: "one-1" }, "check_at"],
  ] as const;

  it.each(timed)("that is none is asked for again: %s", async (verb, values, field) => {
    const deed = incidentDeed(verb);
    for (const typed of ["soon", "-5", "0", "1e999"]) {
      const built = deed?.build(await view(), { ...values, [field]: typed }, ground, "fresh-9");
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
