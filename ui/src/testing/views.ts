// What the invented desk answers in full: an incident, a proof, what was refused.
import type {
  Answered,
  Card,
  Column,
  DoorError,
  IncidentView,
  Move,
  Offer,
  Refusal,
  Verb,
} from "../bindings";
import { INCIDENT_DEEDS } from "../commands/all";
import { Unanswered } from "../door";
import { type Facts, local, type World } from "./world";

const MINUTE = 60_000;
export const COLUMNS: readonly [Column, string][] = [
  ["identified", "Identified"],
  ["logged", "Logged"],
  ["prioritised", "Prioritised"],
  ["investigating", "Investigating"],
  ["resolving", "Resolving"],
  ["restored", "Restored"],
  ["closed", "Closed"],
];
export function fault(code: DoorError["code"], message: string, refusal: Refusal | null = null): Unanswered {
  return new Unanswered({ code, message, refusal });
}

export function missing(verb: Verb, field: string): Unanswered {
  const label = INCIDENT_DEEDS.find((deed) => deed.verb === verb)?.label ?? "This";
  return fault("refused", "Refused.", {
    code: "missing",
    verb,
    clause: "§3.1",
    what: `${label}: the words are missing`,
    instead: "Write what happened, in a line or more.",
    exception_by: [],
    field,
  });
}

function moves(facts: Facts, card: Card): Move[] {
  const order = COLUMNS.map(([column]) => column);
  const here = card.column === null ? -1 : order.indexOf(card.column);
  return order.map((to, index) => {
    const verbs: Verb[] = [];
    const need = (verb: Verb, open: boolean, from: Column) => {
      if (open && index >= order.indexOf(from)) verbs.push(verb);
    };
    if (index === here) return { to, verbs, refusal: null };
    if (index < here) {
      const back = card.column === "restored" && index >= 3;
      if (back) return { to, verbs: ["reopen"], refusal: null };
      return {
        to,
        verbs,
        refusal: refusal(
          "reopen",
          `A card does not move from ${card.column} to ${to}`,
          "The log is not unwritten: add what you know as a note.",
        ),
      };
    }
    need("categorise", facts.category === null, "prioritised");
    need("set_severity", !facts.severitySet, "prioritised");
    need("set_urgency", facts.urgency === null, "prioritised");
    need("assess", !facts.assessed, "investigating");
    need("assign", card.assignee === null, "investigating");
    need("record_resolution_step", facts.steps === 0, "resolving");
    need("restore_service", !facts.restored, "restored");
    need("resolve", !facts.resolved, "closed");
    need("confirm_restoration", !facts.confirmed, "closed");
    need("close", true, "closed");
    return { to, verbs, refusal: null };
  });
}

function refusal(verb: Verb, what: string, instead: string): Refusal {
  return { code: "too_late", verb, clause: "§3.1", what, instead, exception_by: ["supervisor"], field: null };
}

function offers(facts: Facts, card: Card): Offer[] {
  const off = (verb: Verb): Refusal | null => {
    if (verb === "close" && !facts.resolved)
      return refusal(verb, "Close: it is not resolved", "Resolve it with its final resolution first.");
    if (verb === "reopen" && !facts.restored)
      return refusal(verb, "Reopen: it is being worked on", "Add what you know as a note.");
    if (verb === "confirm_restoration" && !facts.restored)
      return refusal(verb, "Confirm: normal service is not back", "Record restoration first.");
    if (verb === "assess" && facts.assessed)
      return refusal(verb, "It has its initial assessment", "Add what changed as a note.");
    return null;
  };
  return INCIDENT_DEEDS.map((deed) => ({
    verb: deed.verb,
    subject: { on: "incident", id: card.id },
    label: deed.label,
    clause: "§3.1",
    refusal: off(deed.verb),
  }));
}

export function view(world: World, id: string): IncidentView {
  const card = world.cards.get(id);
  const facts = world.facts.get(id);
  if (card === undefined || facts === undefined)
    throw fault("not_found", "This incident is not on this computer.");
  const logged = world.now() - 52 * MINUTE;
  return {
    card,
    record: null,
    logged_by: "Sam Poe",
    logged_local: local(logged),
    reported_local: local(logged - MINUTE),
    source: facts.source,
    symptoms: facts.symptoms,
    reporter: facts.reporter,
    category_name: facts.category,
    category: facts.category,
    urgency: facts.urgency,
    agreement: "Gold, 24×7 (ref 2025-14)",
    phase: COLUMNS.find(([column]) => column === card.column)?.[1] ?? "Cancelled",
    clocks: clocks(world, logged),
    breaches: [],
    duties: [card.duty, card.second].flatMap((duty) => duty ?? []),
    messages: [{ value: "message-1", name: "Update to Rao by phone, 14:00", hint: "on its way" }],
    survey: "survey-1",
    lowering: null,
    timeline: facts.lines.map((line) => ({
      ...line,
      at: local(line.at),
      received: line.unsent ? null : null,
    })),
    timeline_complete: true,
    offers: offers(facts, card),
    moves: moves(facts, card),
  };
}

function clocks(world: World, logged: number): IncidentView["clocks"] {
  const due = world.now() + 168 * MINUTE;
  const target = { minutes: 240, calendar: "calendar-24x7", clause: "cl. 4.1" };
  const base = { severity: 1 as const, started: logged, broken: null };
  const soon = { watch: due - 120 * MINUTE, caution: due - 60 * MINUTE, warning: due - 24 * MINUTE };
  return [
    {
      name: "Response",
      due_local: null,
      due_client: null,
      words: "met, 11 min left",
      reading: {
        ...base,
        kind: "response",
        target,
        due: null,
        attention: null,
        state: { state: "stopped", at: logged + 4 * MINUTE },
        verdict: { verdict: "met", spare_ms: 660_000 },
      },
    },
    {
      name: "Resolution",
      due_local: local(due),
      due_client: { ...local(due), zone: "Europe/London", offset: "+00:00" },
      words: "due in",
      reading: {
        ...base,
        kind: "resolution",
        target,
        due,
        attention: soon,
        state: { state: "running" },
        verdict: { verdict: "pending" },
      },
    },
    {
      name: "Restoration",
      due_local: null,
      due_client: null,
      words: "no target: the agreement names none",
      reading: {
        ...base,
        kind: "restoration",
        target: null,
        due: null,
        attention: null,
        state: { state: "running" },
        verdict: { verdict: "no_target", reason: "the agreement names none" },
      },
    },
  ];
}

export function proof(world: World, id: string, clock: "response" | "restoration" | "resolution") {
  const reading = clocks(world, world.now() - 52 * MINUTE).find((one) => one.reading.kind === clock)?.reading;
  if (reading === undefined) throw fault("not_found", "There is no such clock.");
  const lines = [
    `PROOF OF A CLOCK            ${id}`,
    "",
    `Clock       ${clock}`,
    "Agreement   Gold, version 3 (ref 2025-14)",
    "Calendar    24×7, version 1",
    "Zone data   2026f",
    "",
    "from                  to                    counted   total",
    "2026-11-23 13:20      2026-11-23 17:20      4:00      4:00",
    "",
    "Due         2026-11-23 17:20 +01:00",
  ];
  return {
    proof: {
      reading,
      agreement: "Gold v3",
      calendar: "24×7 v1",
      tzdb: "2026f",
      segments: [],
      reopening: "",
      left_out: [],
      exceptions: [],
      since_severity_ms: 0,
      spent_ms: 0,
      budget_ms: 14_400_000,
    },
    printed: lines.join("\n"),
  };
}

export function attention(world: World): Extract<Answered, { call: "attention" }>["value"] {
  const card = world.cards.get("incident-3");
  return [
    {
      command: "command-0",
      label: "Resolve",
      incident: "incident-3",
      incident_label: card?.label ?? null,
      at: local(world.now() - 6 * MINUTE),
      words: [
        { field: "text", text: "Replaced the failed switch in rack 4 and restored the trunk." },
        { field: "cause", text: "Power supply of sw-core-2 burnt out." },
      ],
      refusal: {
        ...refusal(
          "resolve",
          "Resolve: Kari Lund resolved it four minutes earlier",
          "Compare your words with the record; add what is missing as a note.",
        ),
        code: "changed_meanwhile",
      },
    },
  ];
}
