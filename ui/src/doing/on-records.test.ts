import { describe, expect, it } from "vitest";
import type { Verb } from "../bindings";
import { RECORD_DEEDS } from "../commands/all";
import type { RecordDeed, Values } from "../commands/deed";
import { ground, invented, NOW } from "../testing/ground";
import { view } from "../testing/views";
import { commandOf, fieldsOf } from "./about";

const COVERED = ["incident-1", "incident-2"].map((value) => ({ value, name: value, hint: "" }));
const DESK = { on: "desk" } as const;

/** What people do with records beside the incidents, with the words of a form and the command they make. */
const ON_RECORDS: readonly [Verb, Values, object][] = [
  ["add_member", { person: "person-lund" }, { suspicion: "suspicion-mail", person: "person-lund" }],
  [
    "remove_member",
    { person: "person-lund", reason: "r" },
    { suspicion: "suspicion-mail", person: "person-lund", reason: "r" },
  ],
  ["note_suspicion", { text: "n" }, { suspicion: "suspicion-mail", text: "n" }],
  ["notify_authority", { text: "n" }, { suspicion: "suspicion-mail", text: "n" }],
  [
    "close_suspicion",
    { outcome: "no_breach", text: "n" },
    { suspicion: "suspicion-mail", outcome: "no_breach", text: "n" },
  ],
  ["release_line", { text: "n" }, { suspicion: "suspicion-mail", text: "n" }],
  [
    "approve_exception",
    { reason: "r" },
    {
      exception: "exception-asked",
      incident: "incident-1",
      acting_for: null,
      reason: "r",
      until: null,
      control: null,
    },
  ],
  [
    "decline_exception",
    { reason: "r" },
    { exception: "exception-asked", incidents: [], acting_for: null, reason: "r" },
  ],
  ["return_exception", { question: "q" }, { exception: "exception-asked", acting_for: null, question: "q" }],
  [
    "revoke_exception",
    { reason: "r" },
    { exception: "exception-wide", incidents: ["incident-1", "incident-2"], reason: "r" },
  ],
  ["invoke_exception", { incident: "incident-2" }, { exception: "exception-wide", incident: "incident-2" }],
  ["extend_review", { incident: "incident-2" }, { review: "review-erp", incident: "incident-2" }],
  [
    "write_review",
    { section: "lessons", text: "t" },
    { review: "review-erp", section: "lessons", text: "t", facts: [] },
  ],
  ["complete_review", { took_part: "all" }, { review: "review-erp", took_part: "all" }],
  [
    "close_review",
    { incident: "incident-2", text: "t" },
    { review: "review-mail", incident: "incident-2", text: "t" },
  ],
  [
    "add_action",
    { review: "review-erp", owner: "person-lund", text: "t", due_by: String(NOW + 3_600_000) },
    { review: "review-erp", action: "fresh-9", owner: "person-lund", text: "t", due_by: NOW + 3_600_000 },
  ],
  [
    "finish_action",
    { action: "action-map", evidence: "e" },
    { review: "review-mail", action: "action-map", evidence: "e" },
  ],
  [
    "verify_action",
    { action: "action-ups", text: "t" },
    { review: "review-mail", action: "action-ups", text: "t" },
  ],
  [
    "reopen_action",
    { action: "action-ups", owner: "person-lund", due_by: String(NOW + 3_600_000), reason: "r" },
    {
      review: "review-mail",
      action: "action-ups",
      owner: "person-lund",
      due_by: NOW + 3_600_000,
      reason: "r",
    },
  ],
  [
    "uphold_action",
    { action: "action-ups", reason: "r" },
    { review: "review-mail", action: "action-ups", reason: "r" },
  ],
  [
    "answer_violation",
    { text: "t", excuse: "tools" },
    { violation: "violation-now", text: "t", excuse: "tools" },
  ],
  [
    "decide_violation",
    { grading: "repeated", violations: "violation-before", reason: "r" },
    { violation: "violation-now", grading: "repeated", violations: ["violation-before"], reason: "r" },
  ],
  [
    "decide_violation",
    { grading: "none", reason: "r" },
    { violation: "violation-now", grading: null, violations: [], reason: "r" },
  ],
  [
    "replace_sample",
    { incident: "incident-2", reason: "r" },
    { audit: "audit-october", incident: "incident-2", reason: "r" },
  ],
  [
    "change_reviewer",
    { reviewer: "person-lund", reason: "r" },
    { audit: "audit-october", reviewer: "person-lund", reason: "r" },
  ],
  [
    "review_record",
    { incident: "incident-2", text: "t" },
    { audit: "audit-october", incident: "incident-2", text: "t" },
  ],
  [
    "report_finding",
    { incident: "incident-2", clause: "§3.1", text: "t" },
    { audit: "audit-october", finding: "fresh-9", incident: "incident-2", clause: "§3.1", text: "t" },
  ],
  ["answer_finding", { text: "t" }, { audit: "audit-october", finding: "finding-cause", text: "t" }],
  ["close_finding", { text: "t" }, { audit: "audit-october", finding: "finding-cause", text: "t" }],
  [
    "close_audit",
    { text: "t", figures: "f", process: "p" },
    { audit: "audit-october", text: "t", figures: "f", process: "p" },
  ],
];

describe("a deed on another record", () => {
  const deedOf = (verb: Verb): RecordDeed => {
    const found = RECORD_DEEDS.find((deed) => deed.verb === verb);
    if (found === undefined) throw new Error(`no such deed: ${verb}`);
    return found;
  };

  it.each(ON_RECORDS)(
    "%s builds its command, and takes the only record by itself",
    (verb, values, fields) => {
      expect(commandOf(deedOf(verb), DESK, ground, values, "fresh-9")).toEqual({
        command: { verb, ...fields },
      });
    },
  );

  it("shows what is asked, and what it points to, before the decision", () => {
    const approve = deedOf("approve_exception");
    const whole = { ...ground, incidents: new Map([["incident-1", view(invented, "incident-1")]]) };
    const fields = fieldsOf(approve, DESK, whole, { exception: "exception-asked" });
    const shown = fields.filter((field) => field.kind === "shown");
    expect(shown[0]).toMatchObject({ label: "What is asked", text: expect.stringMatching(/^A deviation/) });
    const evidence = shown.at(-1)?.text.split("\n");
    expect(evidence).toEqual([
      expect.stringMatching(/^23 Nov.* Client asked: Acme IT/),
      expect.stringMatching(/^23 Nov.* Logged: /),
      "1 more, not on this computer",
    ]);
    expect(fields.findIndex((field) => field.name === "reason")).toBeGreaterThan(shown.length);
  });

  it("names the lines that a part of a review rests on", () => {
    const write = deedOf("write_review");
    const of = { "incident-1": view(invented, "incident-1"), "incident-2": view(invented, "incident-2") };
    const covered = ground.records.map((one) =>
      one.subject.id === "review-erp" ? { ...one, incidents: one.incidents.concat(COVERED) } : one,
    );
    const whole = { ...ground, records: covered, incidents: new Map(Object.entries(of)) };
    const fields = fieldsOf(write, DESK, whole, { review: "review-erp" });
    const facts = fields.find((field) => field.name === "facts");
    expect(facts).toMatchObject({ kind: "several", optional: true });
    const values = { section: "lessons", text: "t", facts: "line-2-48 line-1-31 line-gone" };
    expect(commandOf(write, DESK, whole, values, "x")).toMatchObject({
      command: { facts: ["line-1-31", "line-2-48"] },
    });
  });

  it("asks nobody for an id", () => {
    for (const deed of RECORD_DEEDS) {
      const values = {
        [deed.record]: ground.records.find((one) => one.subject.on === deed.record)?.subject.id ?? "",
      };
      const typed = fieldsOf(deed, DESK, ground, values).filter((field) => field.kind === "line");
      for (const field of typed) expect(field.label).not.toMatch(/\bid\b/i);
      expect(fieldsOf(deed, DESK, ground, values)[0]).toMatchObject({ kind: "choice", name: deed.record });
    }
  });

  it("offers the records with which it may be done, and no others", () => {
    const [which] = fieldsOf(deedOf("revoke_exception"), DESK, ground, {});
    expect(which).toMatchObject({ options: [{ value: "exception-wide", name: "§3.4, Acme Corp" }] });
    const [none] = fieldsOf(deedOf("answer_exception"), DESK, ground, {});
    expect(none).toMatchObject({ options: [], hint: expect.stringContaining("none") });
  });

  it("asks which one first where there are several, and takes none that is gone since", () => {
    const add = deedOf("add_action");
    expect(fieldsOf(add, DESK, ground, {}).map((field) => field.name)).toEqual(["review"]);
    const words = { owner: "person-lund", text: "t", due_by: String(NOW + 3_600_000) };
    expect(commandOf(add, DESK, ground, words, "x")).toHaveProperty("gap", "review");
    expect(commandOf(add, DESK, ground, { ...words, review: "review-old" }, "x")).toHaveProperty(
      "gap",
      "review",
    );
    const verify = { action: "action-old", text: "t" };
    expect(commandOf(deedOf("verify_action"), DESK, ground, verify, "x")).toHaveProperty("gap", "action");
  });
});
