// Invented records for looking at the screen and for its tests. Never part of what ships.
import type {
  Attention,
  Card,
  Choices,
  Column,
  Duty,
  DutyChip,
  Impact,
  Local,
  Offer,
  RecordChoice,
  Severity,
  SignalCard,
  Source,
  Urgency,
  Verb,
} from "../bindings";
import { CLIENTS, choices, ME, PEOPLE, recordChoices, SERVICES } from "./choices";

export { ME } from "./choices";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONE = "Europe/Berlin";
const OFFSET = 60 * MINUTE;

/** What the house's wall clock showed; the invented house keeps one offset. */
export function local(at: number): Local {
  const wall = new Date(at + OFFSET).toISOString().slice(0, 19);
  return { instant: at, local: wall, offset: "+01:00", zone: ZONE };
}

/** The instant of a typed time there. */
export function instant(wall: string): Local {
  return local(Date.parse(`${wall}:00Z`) - OFFSET);
}

/** What has happened to an incident. */
export interface Facts {
  category: string | null;
  severitySet: boolean;
  urgency: Urgency | null;
  assessed: boolean;
  steps: number;
  workaround: boolean;
  restored: boolean;
  resolved: boolean;
  confirmed: boolean;
  closed: boolean;
  cancelled: boolean;
  symptoms: string;
  reporter: string;
  source: Source;
  impact: Impact;
  lines: { id: string; at: number; who: string; kind: Line; title: string; text: string; unsent: boolean }[];
}

type Line = "note" | "work" | "client" | "state" | "alert" | "breach" | "escalation";

/** Everything the invented desk holds. */
export interface World {
  now: () => number;
  cards: Map<string, Card>;
  facts: Map<string, Facts>;
  signals: Map<string, SignalCard>;
  records: readonly RecordChoice[];
  choices: Choices;
}

const TITLES = [
  "Mail store dismounted, 412 users cannot send",
  "VPN drops every few minutes, 40 users at two sites",
  "Print queue stuck in finance, six users",
  "Wi-Fi down on the ground floor of the Elm Street hotel",
  "ERP slow at month-end close",
  "Nightly backup failed with a full target",
  "New starter has no mailbox",
  "SSO loop after the certificate change, nine users",
  "Shared calendar shows the wrong week",
  "Scanner sends blank pages to the archive",
  "Phones ring but nobody is heard",
  "Web shop checkout answers with an error 500",
] as const;
const VERBS: Readonly<Partial<Record<Duty, Verb[]>>> = {
  assess_and_assign: ["assess", "assign"],
  restore: ["restore_service"],
  resolve: ["record_resolution_step", "resolve"],
  confirm_with_client: ["confirm_restoration"],
  validate_and_close: ["close"],
  escalate_managerial: ["escalate"],
};
const DUTY_LABELS: Readonly<Partial<Record<Duty, string>>> = {
  log: "Log",
  assess_and_assign: "Assess + assign",
  restore: "Restore",
  resolve: "Resolve",
  confirm_with_client: "Confirm with client",
  validate_and_close: "Validate + close",
  escalate_managerial: "Escalate (managerial)",
};

/** A repeatable source of numbers in [0, 1). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const PRIORITIES = ["P1", "P2", "P3", "P4"] as const;
const DUTY_OF: Readonly<Record<Column, Duty | null>> = {
  identified: "log",
  logged: "assess_and_assign",
  prioritised: "assess_and_assign",
  investigating: "restore",
  resolving: "restore",
  restored: "confirm_with_client",
  closed: null,
};

/** The duty of a card in a column, due `minutes` from now. */
export function chip(
  id: string,
  duty: Duty,
  due: number | null,
  paused: boolean,
  person: string | null,
): DutyChip {
  const owner = PEOPLE.find(([known]) => known === person)?.[1] ?? "Service Desk";
  return {
    subject: duty === "log" ? { on: "signal", id } : { on: "incident", id },
    duty,
    label: DUTY_LABELS[duty] ?? duty,
    due,
    due_local: due === null ? null : local(due),
    attention: due === null ? null : attention(due),
    paused,
    person,
    owner,
    role: "service_desk",
    mine: person === ME,
    clause: duty === "confirm_with_client" ? "§3.4" : "§6",
    why: `${DUTY_LABELS[duty] ?? duty}: the agreement counts from when it was logged.`,
    verbs: [...(VERBS[duty] ?? [])],
    about: null,
  };
}

function attention(due: number): Attention {
  return { watch: due - 2 * HOUR, caution: due - 30 * MINUTE, warning: due - 10 * MINUTE };
}

const SPREAD = [
  -42, 6.5, 18, 25, 55, 100, 110, 185, 200, 230, 320, 340, 480, 600, 900, 1500, 1600, 2900, 4000,
] as const;
const OPEN: readonly Column[] = [
  "logged",
  "prioritised",
  "investigating",
  "investigating",
  "resolving",
  "restored",
];

/** A world of `count` open cards; the same seed gives the same world. */
export function world(count: number, now: () => number, seed = 7): World {
  const roll = dice(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
  const made: World = {
    now,
    cards: new Map(),
    facts: new Map(),
    signals: new Map(),
    records: recordChoices(),
    choices: choices(),
  };
  for (let index = 0; index < count + 14; index++) {
    const column: Column = index < count ? pick(OPEN) : "closed";
    addCard(made, index, column, pick, roll);
  }
  for (let index = 0; index < 5; index++) addSignal(made, index);
  crowd(made);
  return made;
}

/** The major has everything that a card can show. */
function crowd(made: World): void {
  const [card] = made.cards.values();
  if (card?.major !== true) return;
  const second = chip(card.id, "escalate_managerial", made.now() - 5 * MINUTE, false, ME);
  made.cards.set(card.id, { ...card, second, workaround: true, repeats: 100 });
}

function addCard(
  made: World,
  index: number,
  column: Column,
  pick: <T>(from: readonly T[]) => T,
  roll: () => number,
): void {
  const id = `incident-${index}`;
  const [clientId, clientName] = CLIENTS[Math.floor(roll() * CLIENTS.length)] ?? CLIENTS[0];
  const major = index === 0;
  const severity: Severity = major ? 1 : pick([2, 2, 3, 3, 3, 4, 4, 4] as const);
  const stage = OPEN.indexOf(column);
  const assignee = column === "logged" && roll() < 0.7 ? null : pick(PEOPLE.slice(0, 6))[0];
  const due = roll() < 0.06 ? null : made.now() + pick(SPREAD) * MINUTE;
  const duty = DUTY_OF[column];
  const restored = column === "restored" || column === "closed";
  made.facts.set(id, {
    category: column === "logged" ? null : "mail",
    severitySet: column !== "logged",
    urgency: column === "logged" ? null : pick(["high", "medium", "low"] as const),
    assessed: stage > 1 || restored,
    steps: column === "resolving" || restored ? 1 : 0,
    workaround: roll() < 0.15 && stage > 1,
    restored,
    resolved: column === "closed",
    confirmed: column === "closed",
    closed: column === "closed",
    cancelled: false,
    symptoms:
      "Outlook says that the server is not available. It began after the weekend's patch; restarting does not help.",
    reporter: "Priya Rao",
    source: pick(["monitoring", "phone", "email", "portal", "staff"] as const),
    impact: "many_users",
    lines: history(index, made.now()),
  });
  made.cards.set(id, {
    id,
    label: index % 23 === 5 ? "new-7F3" : `INC-${1042 + index}`,
    title: TITLES[index % TITLES.length] ?? "",
    client: `client-${clientId}`,
    client_name: clientName,
    services: [pick(SERVICES)],
    severity,
    severity_set: column !== "logged",
    priority: column === "logged" ? null : (PRIORITIES[severity - 1] ?? null),
    column,
    column_since: made.now() - Math.floor(roll() * 300) * MINUTE,
    duty:
      duty === null ? null : chip(id, duty, major ? made.now() + 4.2 * MINUTE : due, roll() < 0.05, assignee),
    second:
      roll() < 0.05 && duty !== null
        ? chip(id, "escalate_managerial", made.now() - 5 * MINUTE, false, ME)
        : null,
    assignee,
    assignee_name: PEOPLE.find(([known]) => known === assignee)?.[1] ?? null,
    major,
    breached: roll() < 0.1,
    workaround: made.facts.get(id)?.workaround ?? false,
    recovery_seen: roll() < 0.07,
    repeats: roll() < 0.1 ? 3 : 0,
    reopened: roll() < 0.06 ? 1 : 0,
    pending: index % 23 === 5 ? "unsent" : index % 31 === 9 ? "sending" : "none",
    updated_at: made.now() - 3 * MINUTE,
  });
}

function history(index: number, now: number): Facts["lines"] {
  const line = (minutes: number, who: string, kind: Line, title: string, text: string, unsent = false) => ({
    id: `line-${index}-${minutes}`,
    at: now - minutes * MINUTE,
    who,
    kind,
    title,
    text,
    unsent,
  });
  return [
    line(
      3,
      "Tom Ivy",
      "note",
      "Note",
      "Store DB dismounted after the patch. Checking the DR copy.",
      index % 23 === 5,
    ),
    line(11, "Monitor", "alert", "Alert repeated", "mail-01 health check fails, third time."),
    line(25, "Dana Mora", "state", "Severity 2 → 1", "Whole site: every user of the main office."),
    line(31, "Ruth Osei", "client", "Client asked", "Acme IT: any news?"),
    line(48, "Sam Poe", "work", "Assigned to Tom Ivy", ""),
    line(52, "Sam Poe", "state", "Logged", "Source: monitoring."),
  ];
}

const SEEN = [
  ["sw-core-2 unreachable", "monitoring", "client-bolt", "Prometheus", 9],
  ["Cannot print from finance PCs", "phone", "client-fenn", "Ely Marsh", 1],
  ["VPN drops", "portal", "client-bolt", "Portal, R. Vance", 0.5],
  ["Disk 91 % on backup-03", "monitoring", null, "Prometheus", 3],
  ["Strange invoice e-mails", "staff", "client-gant", "Mina Ray", 2],
] as const;

function addSignal(made: World, index: number): void {
  const [summary, source, client, reporter, minutes] = SEEN[index] ?? SEEN[0];
  const id = `signal-${index}`;
  const at = made.now() - minutes * MINUTE;
  const known = made.choices.clients.find((one) => one.value === client);
  made.signals.set(id, {
    id,
    summary,
    details: `${summary}. Reported by ${reporter}; seen on three hosts.`,
    source,
    reporter,
    reported_at: at,
    reported_local: local(at),
    identified_at: at,
    turn: 0,
    client,
    client_name: known?.name ?? null,
    service: null,
    repeats: index === 0 ? 3 : 0,
    recovery_seen: index === 3,
    link: source === "monitoring" ? "https://alerts.example/1" : null,
    candidates: index === 2 ? ["incident-1"] : [],
    offers: signalOffers(id),
    duty: chip(id, "log", at + 5 * MINUTE, false, null),
    pending: "none",
  });
}

/** All three ways out of triage are open. */
function signalOffers(id: string): Offer[] {
  const subject = { on: "signal" as const, id };
  const verbs = [
    ["accept_signal", "Accept and log"],
    ["merge_signal", "Merge"],
    ["dismiss_signal", "Not an incident"],
  ] as const;
  return verbs.map(([verb, label]) => ({ verb, subject, label, clause: "§3.1", refusal: null }));
}
