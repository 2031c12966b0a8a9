// An invented desk behind the door: it answers every call from an invented world, for looking and for tests.
import type { Answered, Call, Card, Column, Command, PersonView, Push, SyncView } from "../bindings";
import type { Transport } from "../door";
import { boardOf, changeOf, nextRevision } from "./drawn";
import { attention, COLUMNS, fault, missing, proof, view } from "./views";
import { chip, type Facts, instant, local, ME, type World } from "./world";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

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
  #person: PersonView = { id: ME, name: "Dana Mora", roles: ["incident_manager"] };

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

  /** Somebody else signs in here, by another window or before this one hears of it. */
  takes(person: PersonView): void {
    this.#person = person;
    this.#signedIn = true;
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
      case "records":
        return { call: "records", value: [...this.world.records] };
      case "nameable":
        return { call: "nameable", value: call.places.map(() => this.world.choices.people) };
      case "my_duties":
        return { call: "my_duties", value: { soonest: this.#duties(), owed: this.#duties().length } };
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
      case "moment":
        return { call: "moment", value: instant(call.wall) };
      case "search":
        return { call: "search", value: this.#search(call.text) };
      case "attention":
        return { call: "attention", value: this.circumstances.attention ? attention(this.world) : [] };
      case "settle_attention":
        return { call: "settle_attention", value: null };
      case "sync":
        return { call: "sync", value: this.#sync() };
      case "save_draft":
        if (!this.#signedIn || call.typist !== this.#person.id)
          throw fault("signed_out", "Whoever typed this is not signed in here now.");
        this.#drafts.set(`${call.typist} ${call.key}`, call.body);
        return { call: "save_draft", value: null };
      case "draft":
        return { call: "draft", value: this.#drafts.get(`${this.#person.id} ${call.key}`) ?? null };
      case "painted":
        return { call: "painted", value: null };
      case "quit":
        return { call: "quit", value: null };
      default:
        return { call: "retry_now", value: null };
    }
  }

  #session() {
    return {
      person: this.#signedIn ? this.#person : null,
      server: "https://desk.precision.example",
      zone: "Europe/Berlin",
      offset_ms: 0,
      token_kept_in: "the keychain",
    };
  }

  #sync(): SyncView {
    const now = this.world.now();
    const live: SyncView = {
      revision: nextRevision(),
      link: "live",
      since: local(now - 28 * MINUTE),
      reason: null,
      as_of: local(now),
      unsent: 0,
      sending: 0,
      attention: this.circumstances.attention ? 1 : 0,
      filling: null,
      unshown: 0,
      now: local(now),
      offset_ms: 0,
    };
    return { ...live, ...this.circumstances.sync };
  }

  #board() {
    const { cards, signals, now } = this.world;
    return boardOf({
      columns: COLUMNS.map(([column, name]) => ({ column, name })),
      cards: [...cards.values()].filter((card) => card.column !== null),
      signals: [...signals.values()],
      last_closed: local(now() - 55 * MINUTE),
      owed: this.#duties().length,
    });
  }

  #duties() {
    const cards = [...this.world.cards.values()].flatMap((card) => card.duty ?? []);
    return [...cards, ...deciding(this.world)]
      .filter((duty) => duty.mine)
      .sort((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity));
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
    if ("signal" in command && command.verb !== "raise_signal" && command.verb !== "record_alert") {
      if (command.verb === "dismiss_signal" && command.reason === "")
        throw missing("dismiss_signal", "reason");
      this.world.signals.delete(command.signal);
      const cards =
        command.verb === "accept_signal"
          ? [log(this.world, command.incident, command.entry.client, command.entry.summary)]
          : [];
      return { command: id, change: changeOf({ cards, signals_gone: [command.signal] }), undo: null };
    }
    if (command.verb === "log_incident") {
      if (command.entry.summary === "") throw missing("log_incident", "summary");
      const card = log(this.world, command.incident, command.entry.client, command.entry.summary);
      return { command: id, change: changeOf({ cards: [card] }), undo: null };
    }
    if (!("incident" in command) || command.incident === null)
      return { command: id, change: changeOf({}), undo: null };
    this.#before.set(id, kept(this.world, command.incident));
    const card = act(this.world, command, command.incident);
    return { command: id, change: changeOf({ cards: [card] }), undo: "Puts it back as it was." };
  }

  #undo(command: string) {
    const before = this.#before.get(command);
    if (before === undefined) throw fault("not_undoable", "This cannot be taken back.");
    for (const card of before.cards) this.world.cards.set(card.id, card);
    for (const [id, facts] of before.facts) this.world.facts.set(id, facts);
    return changeOf({ cards: before.cards });
  }
}

/** The duty to decide what was asked: on a record that stands on no board. */
function deciding({ records, now }: World) {
  const asked = records.find((record) => record.may.includes("approve_exception"));
  if (asked === undefined) return [];
  const { subject, name: about } = asked;
  return [
    { ...chip(subject.id, "decide_exception", now() + HOUR, false, ME), subject, about, verbs: asked.may },
  ];
}

function kept(world: World, id: string) {
  const card = world.cards.get(id);
  const facts = world.facts.get(id);
  return { cards: card ? [card] : [], facts: facts ? [[id, { ...facts }] as [string, Facts]] : [] };
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
