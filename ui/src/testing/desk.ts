// An invented desk behind the door: it answers every call from an invented world, for looking and for tests.
import type {
  Answered,
  Call,
  Card,
  Column,
  Command,
  DoorError,
  IncidentView,
  Move,
  Offer,
  Push,
  Refusal,
  SyncView,
  Verb,
} from "../bindings";
import { INCIDENT_DEEDS } from "../commands/all";
import { type Transport, Unanswered } from "../door";
import { chip, type Facts, local, ME, type World } from "./world";

const COLUMNS: readonly [Column, string][] = [
  ["identified", "Identified"],
  ["logged", "Logged"],
  ["prioritised", "Prioritised"],
  ["investigating", "Investigating"],
  ["resolving", "Resolving"],
  ["restored", "Restored"],
  ["closed", "Closed"],
];
const MINUTE = 60_000;

/** How the invented desk is. */
export interface Circumstances {
  readonly signedIn: boolean;
  readonly sync: Partial<SyncView>;
  readonly attention: boolean;
}

/** A desk to ask, to push from, and to look into. */
export class InventedDesk implements Transport {
  readonly asked: Call[] = [];
  #hear: ((push: Push) => void) | undefined;
  #drafts = new Map<string, string>();
  #before = new Map<string, { cards: Card[]; facts: [string, Facts][] }>();
  #made = 0;
  #signedIn: boolean;

  constructor(
    readonly world: World,
    readonly circumstances: Circumstances = { signedIn: true, sync: {}, attention: true },
  ) {
    this.#signedIn = circumstances.signedIn;
  }

  listen(hear: (push: Push) => void, line: (open: boolean) => void): () => void {
    this.#hear = hear;
    line(true);
    return () => {
      this.#hear = undefined;
    };
  }

  /** Says something unasked. */
  push(push: Push): void {
    this.#hear?.(push);
  }

  async ask(call: Call): Promise<Answered> {
    this.asked.push(call);
    switch (call.call) {
      case "session":
        return { call: "session", value: this.#session() };
      case "sign_in":
        if (call.password !== "holdfast") {
          throw fault("wrong_credentials", "Name or password is wrong. Nothing was changed; try again.");
        }
        this.#signedIn = true;
        return { call: "sign_in", value: this.#session() };
      case "sign_out":
        this.#signedIn = false;
        return { call: "sign_out", value: this.#session() };
      case "board":
        return { call: "board", value: this.#board() };
      case "incident":
        return { call: "incident", value: view(this.world, call.id) };
      case "proof":
        return { call: "proof", value: proof(this.world, call.id, call.clock) };
      case "choices":
        return { call: "choices", value: this.world.choices };
      case "my_duties":
        return { call: "my_duties", value: this.#duties() };
      case "execute":
        return { call: "execute", value: this.#execute(call.command) };
      case "undo":
        return { call: "undo", value: this.#undo(call.command) };
      default:
        return this.#rest(call);
    }
  }

  #rest(call: Call): Answered {
    switch (call.call) {
      case "fresh_ids":
        return {
          call: "fresh_ids",
          value: Array.from({ length: call.count }, () => `fresh-${++this.#made}`),
        };
      case "search":
        return { call: "search", value: this.#search(call.text) };
      case "attention":
        return { call: "attention", value: this.circumstances.attention ? attention(this.world) : [] };
      case "settle_attention":
        return { call: "settle_attention", value: null };
      case "sync":
        return { call: "sync", value: this.#sync() };
      case "save_draft":
        this.#drafts.set(call.key, call.body);
        return { call: "save_draft", value: null };
      case "draft":
        return { call: "draft", value: this.#drafts.get(call.key) ?? null };
      case "painted":
        return { call: "painted", value: null };
      default:
        return { call: "retry_now", value: null };
    }
  }

  #session() {
    const person = this.#signedIn
      ? { id: ME, name: "Dana Mora", roles: ["incident_manager" as const] }
      : null;
    return {
      person,
      server: "https://desk.precision.example",
      zone: "Europe/Berlin",
      offset_ms: 0,
      token_kept_in: "the keychain",
    };
  }

  #sync(): SyncView {
    const now = this.world.now();
    const live: SyncView = {
      link: "live",
      since: local(now - 28 * MINUTE),
      reason: null,
      as_of: now,
      unsent: 0,
      sending: 0,
      attention: this.circumstances.attention ? 1 : 0,
      filling: null,
      offset_ms: 0,
    };
    return { ...live, ...this.circumstances.sync };
  }

  #board() {
    const { cards, signals, now } = this.world;
    return {
      columns: COLUMNS.map(([column, name]) => ({ column, name })),
      cards: [...cards.values()].filter((card) => card.column !== null),
      signals: [...signals.values()],
      last_closed: local(now() - 55 * MINUTE),
    };
  }

  #duties() {
    const cards = [...this.world.cards.values()].flatMap((card) => card.duty ?? []);
    return cards.filter((duty) => duty.mine).sort((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity));
  }

  #search(text: string) {
    const words = text.toLowerCase();
    const found = [...this.world.cards.values()].filter((card) =>
      `${card.label} ${card.title} ${card.client_name}`.toLowerCase().includes(words),
    );
    return found.slice(0, 8).map((card) => ({
      id: card.id,
      label: card.label,
      title: card.title,
      client_name: card.client_name,
      phase: card.column ?? "cancelled",
      severity: card.severity,
      snippet: card.title,
    }));
  }

  #execute(command: Command) {
    const id = `command-${++this.#made}`;
    const none = { cards: [], gone: [], signals: [], signals_gone: [] };
    if ("signal" in command && command.verb !== "raise_signal" && command.verb !== "record_alert") {
      if (command.verb === "dismiss_signal" && command.reason === "")
        throw missing("dismiss_signal", "reason");
      this.world.signals.delete(command.signal);
      const cards =
        command.verb === "accept_signal"
          ? [log(this.world, command.incident, command.entry.client, command.entry.summary)]
          : [];
      return { command: id, change: { ...none, cards, signals_gone: [command.signal] }, undo: null };
    }
    if (command.verb === "log_incident") {
      if (command.entry.summary === "") throw missing("log_incident", "summary");
      const card = log(this.world, command.incident, command.entry.client, command.entry.summary);
      return { command: id, change: { ...none, cards: [card] }, undo: null };
    }
    if (!("incident" in command) || command.incident === null)
      return { command: id, change: none, undo: null };
    this.#before.set(id, kept(this.world, command.incident));
    const card = act(this.world, command, command.incident);
    return { command: id, change: { ...none, cards: [card] }, undo: "Puts it back as it was." };
  }

  #undo(command: string) {
    const before = this.#before.get(command);
    if (before === undefined) throw fault("not_undoable", "This cannot be taken back.");
    for (const card of before.cards) this.world.cards.set(card.id, card);
    for (const [id, facts] of before.facts) this.world.facts.set(id, facts);
    return { cards: before.cards, gone: [], signals: [], signals_gone: [] };
  }
}

function kept(world: World, id: string) {
  const card = world.cards.get(id);
  const facts = world.facts.get(id);
  return { cards: card ? [card] : [], facts: facts ? [[id, { ...facts }] as [string, Facts]] : [] };
}

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

function log(world: World, id: string, client: string, title: string): Card {
  const [template] = world.cards.values();
  const name = world.choices.clients.find((one) => one.value === client)?.name ?? "";
  if (template === undefined) throw fault("failed", "The invented world is empty.");
  const card: Card = {
    ...template,
    id,
    label: "new-1A2",
    title,
    client,
    client_name: name,
    column: "logged",
    severity: 3,
    severity_set: false,
    priority: null,
    assignee: null,
    assignee_name: null,
    major: false,
    pending: "unsent",
    workaround: false,
    column_since: world.now(),
    duty: chip(id, "assess_and_assign", world.now() + 60 * MINUTE, false, null),
    second: null,
  };
  const [facts] = world.facts.values();
  if (facts)
    world.facts.set(id, {
      ...facts,
      category: null,
      severitySet: false,
      urgency: null,
      assessed: false,
      steps: 0,
      restored: false,
      resolved: false,
      confirmed: false,
    });
  world.cards.set(id, card);
  return card;
}

/** Does a deed on an incident, roughly: the rules live elsewhere. */
function act(world: World, command: Command, id: string): Card {
  const facts = world.facts.get(id);
  const card = world.cards.get(id);
  if (facts === undefined || card === undefined) throw fault("not_found", "It is not here.");
  const text = "text" in command ? command.text : "reason" in command ? command.reason : "said";
  if (text === "") throw missing(command.verb, "text" in command ? "text" : "reason");
  const after: Facts = {
    ...facts,
    ...effect(command),
    steps: facts.steps + (command.verb === "record_resolution_step" ? 1 : 0),
  };
  const at = world.now();
  after.lines = [
    {
      id: `line-${at}-${command.verb}`,
      at,
      who: "Dana Mora",
      kind: "work",
      title: command.verb.replaceAll("_", " "),
      text,
      unsent: true,
    },
    ...facts.lines,
  ];
  const assignee = command.verb === "assign" ? command.to : card.assignee;
  const column = columnOf(after, assignee !== null);
  const next: Card = {
    ...card,
    assignee,
    assignee_name: world.choices.people.find((one) => one.value === assignee)?.name ?? null,
    severity: command.verb === "set_severity" ? command.severity : card.severity,
    severity_set: after.severitySet,
    workaround: after.workaround,
    column,
    column_since: column === card.column ? card.column_since : at,
    pending: "unsent",
    updated_at: at,
    duty: card.duty && { ...card.duty, person: assignee, mine: assignee === ME },
  };
  world.facts.set(id, after);
  world.cards.set(id, next);
  return next;
}

function effect(command: Command): Partial<Facts> {
  switch (command.verb) {
    case "categorise":
      return { category: command.category };
    case "set_severity":
      return { severitySet: true };
    case "set_urgency":
      return { urgency: command.urgency };
    case "assess":
      return { assessed: true };
    case "apply_workaround":
      return { workaround: true };
    case "restore_service":
      return { restored: true };
    case "resolve":
      return { resolved: true };
    case "confirm_restoration":
      return { confirmed: true };
    case "close":
      return { closed: true };
    case "reopen":
      return { restored: false, resolved: false, confirmed: false };
    case "cancel":
      return { cancelled: true };
    default:
      return {};
  }
}

function columnOf(facts: Facts, assigned: boolean): Column | null {
  if (facts.cancelled) return null;
  if (facts.closed) return "closed";
  if (facts.restored) return "restored";
  if (facts.steps > 0 || facts.workaround) return "resolving";
  if (facts.assessed && assigned) return "investigating";
  return facts.category !== null && facts.severitySet && facts.urgency !== null ? "prioritised" : "logged";
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

function view(world: World, id: string): IncidentView {
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
    duties: [card.duty, card.second].flatMap((duty) => duty ?? []),
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

function proof(world: World, id: string, clock: "response" | "restoration" | "resolution") {
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
      spent_ms: 0,
      budget_ms: 14_400_000,
    },
    printed: lines.join("\n"),
  };
}

function attention(world: World): Extract<Answered, { call: "attention" }>["value"] {
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
