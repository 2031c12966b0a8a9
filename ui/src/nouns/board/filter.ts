// The filter: tokens typed after `/`, such as `sev:1,2 client:acme due<30m mine unassigned mail`.
import type { Card, SignalCard, Timestamp } from "../../bindings";

/** What a filter asks of a card. */
export interface Filter {
  readonly text: string;
  readonly severities: readonly number[];
  readonly clients: readonly string[];
  /** Due within so many milliseconds. */
  readonly dueWithin: number | null;
  readonly mine: boolean;
  readonly unassigned: boolean;
  readonly major: boolean;
  readonly words: readonly string[];
  /** Tokens that mean nothing. */
  readonly unknown: readonly string[];
}

export const NO_FILTER: Filter = {
  text: "",
  severities: [],
  clients: [],
  dueWithin: null,
  mine: false,
  unassigned: false,
  major: false,
  words: [],
  unknown: [],
};

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads what was typed. */
export function parseFilter(text: string): Filter {
  const filter = {
    ...NO_FILTER,
    text: text.trim(),
    severities: [] as number[],
    clients: [] as string[],
    words: [] as string[],
    unknown: [] as string[],
  };
  for (const token of filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((one) => one !== "")) {
    const due = /^due<(\d+)([mhd])$/.exec(token);
    const [, name, value] = /^(sev|client):(.*)$/.exec(token) ?? [];
    if (token === "mine") filter.mine = true;
    else if (token === "unassigned") filter.unassigned = true;
    else if (token === "major") filter.major = true;
    else if (due) filter.dueWithin = Number(due[1]) * (UNITS[due[2] ?? "m"] ?? 0);
    else if (name === "sev" && /^[1-4](,[1-4])*$/.test(value ?? ""))
      filter.severities.push(...(value ?? "").split(",").map(Number));
    else if (name === "client" && value) filter.clients.push(...value.split(",").filter((one) => one !== ""));
    else if (/^(sev|client|due)[:<]/.test(token)) filter.unknown.push(token);
    else filter.words.push(token);
  }
  return filter;
}

/** Whether anything is asked at all. */
export function isOpenTo(filter: Filter): boolean {
  return filter.text === "";
}

/** Whether a card is shown. */
export function matches(filter: Filter, card: Card, me: string | undefined, now: Timestamp): boolean {
  if (isOpenTo(filter)) return true;
  const due = card.duty?.due ?? null;
  if (filter.severities.length > 0 && !filter.severities.includes(card.severity)) return false;
  if (!named(filter.clients, card.client_name)) return false;
  if (filter.dueWithin !== null && (due === null || due - now > filter.dueWithin)) return false;
  if (filter.mine && card.assignee !== me && card.duty?.mine !== true) return false;
  if (filter.unassigned && card.assignee !== null) return false;
  if (filter.major && !card.major) return false;
  return said(
    filter.words,
    `${card.label} ${card.title} ${card.client_name} ${card.services.join(" ")} ${card.assignee_name ?? ""}`,
  );
}

/** Whether a signal is shown; what is asked of incidents alone leaves signals out. */
export function matchesSignal(filter: Filter, signal: SignalCard, now: Timestamp): boolean {
  if (isOpenTo(filter)) return true;
  const due = signal.duty?.due ?? null;
  if (filter.severities.length > 0 || filter.mine || filter.major) return false;
  if (!named(filter.clients, signal.client_name ?? "")) return false;
  if (filter.dueWithin !== null && (due === null || due - now > filter.dueWithin)) return false;
  return said(filter.words, `${signal.summary} ${signal.client_name ?? ""} ${signal.reporter}`);
}

function named(clients: readonly string[], name: string): boolean {
  return clients.length === 0 || clients.some((client) => name.toLowerCase().includes(client));
}

function said(words: readonly string[], text: string): boolean {
  const whole = text.toLowerCase();
  return words.every((word) => whole.includes(word));
}
