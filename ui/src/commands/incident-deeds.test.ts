import { describe, expect, it } from "vitest";
import type { Verb } from "../bindings";
import { ground, incident, NOW } from "../testing/ground";
import { INCIDENT_DEEDS, incidentDeed } from "./all";
import type { Values } from "./deed";

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
    "link_evidence",
    { clock: "resolution", witness: "client", link: "mail of 14:02" },
    { clock: "resolution", witness: "client", link: "mail of 14:02" },
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

describe("the deeds on an incident", () => {
  it.each(DEEDS)("%s builds its command", (verb, values, fields) => {
    const deed = incidentDeed(verb);
    const built = deed?.build(incident(), values, ground, "fresh-9");
    expect(built).toEqual({ command: { verb, incident: "incident-1", ...fields } });
  });

  it("cover every deed on an incident", () => {
    expect(DEEDS.map(([verb]) => verb)).toEqual(INCIDENT_DEEDS.map((deed) => deed.verb));
  });

  it("ask for every choice they cannot do without, and leave empty words to the policy", () => {
    for (const deed of INCIDENT_DEEDS) {
      const whole = incident();
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
