// What §3.1 demands of every log entry, as questions; shared by logging and by accepting a signal.
import type { Card, IncidentId, LogEntry, SignalCard } from "../bindings";
import { chosen, type Field, type Gap, type Ground, options, said, type Values } from "./deed";
import { ago, minutesAgo } from "./minutes";

/** The questions; a signal fills in what it knows. */
export function entryFields(ground: Ground, values: Values, signal: SignalCard | null): readonly Field[] {
  const { choices } = ground;
  const client = values.client ?? signal?.client ?? "";
  const services = options(choices.services)
    .filter((service) => service.hint === client)
    .map((service) => ({ ...service, hint: "" }));
  const only = services.length === 1 ? services[0]?.value : undefined;
  const service = signal?.service ?? only;
  return [
    {
      kind: "choice",
      name: "client",
      label: "Client",
      options: options(choices.clients),
      ...initial(signal?.client),
    },
    {
      kind: "several",
      name: "services",
      label: "Affected services",
      options: services,
      ...(client === "" ? { hint: "Choose the client first." } : {}),
      ...initial(service),
    },
    {
      kind: "line",
      name: "summary",
      label: "Summary",
      hint: "Symptom and scope, in one line.",
      ...initial(signal?.summary),
    },
    { kind: "text", name: "symptoms", label: "Reported symptoms", ...initial(signal?.details) },
    { kind: "line", name: "reporter", label: "Reported by", ...initial(signal?.reporter) },
    {
      kind: "choice",
      name: "source",
      label: "Source",
      options: options(choices.sources),
      ...initial(signal?.source),
    },
    { kind: "choice", name: "impact", label: "Initial impact", options: options(choices.impacts) },
    ...(signal === null ? [minutesAgo(ground, "reported", "Reported")] : []),
    { kind: "choice", name: "drill", label: "Drill", options: DRILL, initial: "no" },
    {
      kind: "choice",
      name: "recurrence_of",
      label: "Came again",
      options: ended(ground, client).map((card) => ({
        value: card.id,
        name: `${card.label} ${card.title}`,
        hint: "",
      })),
      optional: true,
    },
  ];
}

const DRILL = [
  { value: "no", name: "No", hint: "" },
  { value: "yes", name: "Yes: a rehearsal, counted nowhere", hint: "" },
] as const;

/** Closed incidents of a client that are still on the board. */
function ended(ground: Ground, client: string): readonly Card[] {
  return ground.cards().filter((card) => card.client === client && card.column === "closed");
}

function cameAgain(ground: Ground, values: Values, client: string): IncidentId | null {
  return ended(ground, client).find((card) => card.id === values.recurrence_of)?.id ?? null;
}

function initial(value: string | null | undefined): { initial?: string } {
  return value ? { initial: value } : {};
}

/** The entry, or the first choice that is missing; texts are the policy's to judge. */
export function entryOf(
  ground: Ground,
  values: Values,
  signal: SignalCard | null,
): { entry: LogEntry } | Gap {
  const { choices } = ground;
  const client = chosen(choices.clients, values.client);
  if (client === undefined) return { gap: "client", words: "Choose the client." };
  const named = (values.services ?? "").split(" ");
  const services = choices.services
    .filter((service) => service.hint === client && named.includes(service.value))
    .map((service) => service.value);
  if (services.length === 0) return { gap: "services", words: "Choose at least one affected service." };
  const source = chosen(choices.sources, values.source);
  if (source === undefined) return { gap: "source", words: "Choose where the report came from." };
  const impact = chosen(choices.impacts, values.impact);
  if (impact === undefined) return { gap: "impact", words: "Choose the initial impact." };
  const reported = signal === null ? ago(ground, values, "reported") : { at: signal.reported_at };
  if ("gap" in reported) return reported;
  return {
    entry: {
      client,
      services,
      summary: said(values, "summary"),
      symptoms: said(values, "symptoms"),
      reporter: said(values, "reporter"),
      reported_at: reported.at,
      source,
      impact,
      drill: values.drill === "yes",
      recurrence_of: cameAgain(ground, values, client),
    },
  };
}
