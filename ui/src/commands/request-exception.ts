// Request exception: a deviation is asked for in writing (§4.2).
import type { ClockKind, DemandChoice, IncidentId } from "../bindings";
import { chosen, type DeskDeed, type Field, type Ground, gap, options, said, type Values } from "./deed";
import { linesChosen, linesField } from "./lines";
import { instantIfAny, instantOf, momentAhead, momentIfAny } from "./moment";
import { CLAUSES, incidentFieldIfAny, renewableField, saidIfAny, several } from "./record";

export const requestException: DeskDeed = {
  on: "desk",
  verb: "request_exception",
  label: "Request exception",
  keywords: ["deviation", "waive", "exempt", "clock", "target"],
  icon: "hand",
  keys: null,
  choosesRecords: true,
  reads: about,
  fields: (ground, values) => [
    {
      kind: "choice",
      name: "clause",
      label: "Clause, or one of its demands",
      options: [...CLAUSES, ...ground.choices.demands.map((one) => ({ ...one, hint: "" }))],
    },
    ...clock(ground, values),
    ...scope(ground, values),
    momentIfAny(
      "begins_at",
      "Since when?",
      "Left open, it begins now. An earlier time asks for it afterwards.",
    ),
    momentAhead("until", "Until when?"),
    { kind: "text", name: "prevents", label: "What prevents keeping to it?" },
    { kind: "text", name: "if_refused", label: "What happens if it is refused?" },
    { kind: "text", name: "affected", label: "Who is affected?" },
    { kind: "text", name: "control", label: "What compensates for it meanwhile?" },
    linesField(ground, about(values), "evidence", "Which lines of the log show it?"),
    {
      kind: "several",
      name: "beneficiaries",
      label: "Who would otherwise be in breach?",
      options: options(ground.choices.people),
      optional: true,
    },
    renewableField(ground, saidIfAny(values, "incident")),
  ],
  build: (values, ground, fresh) => {
    if (values.clause === undefined) return gap("clause", "Choose the clause.");
    return {
      command: {
        verb: "request_exception",
        exception: fresh,
        clause: said(values, "clause"),
        clock: clockAsked(ground, values),
        incident: saidIfAny(values, "incident"),
        client: saidIfAny(values, "client"),
        service: saidIfAny(values, "service"),
        begins_at: instantIfAny(values, "begins_at"),
        until: instantOf(values, "until"),
        prevents: said(values, "prevents"),
        if_refused: said(values, "if_refused"),
        affected: said(values, "affected"),
        control: said(values, "control"),
        evidence: linesChosen(ground, about(values), values, "evidence"),
        beneficiaries: several(values, "beneficiaries"),
        renewal_of: saidIfAny(values, "renewal_of"),
      },
    };
  },
};

const WIDEST = "With no incident, client or service named, it is about all that happens in that time.";

function about(values: Values): readonly IncidentId[] {
  const incident = said(values, "incident");
  return incident === "" ? [] : [incident];
}

/** The demands of the chosen clause that a clock judges: the demand itself, or those of the paragraph. */
function timed(ground: Ground, values: Values): readonly (DemandChoice & { clock: ClockKind })[] {
  const clause = said(values, "clause");
  return ground.choices.demands.flatMap((demand) => {
    const { value, clock } = demand;
    const named = value === clause || value.startsWith(`${clause}/`);
    return named && clock !== null ? [{ ...demand, clock }] : [];
  });
}

/** Of a demand that a clock judges it is that clock; of a paragraph with such demands, any of theirs or none. */
function clock(ground: Ground, values: Values): readonly Field[] {
  const clocks = timed(ground, values).map((demand) => demand.clock);
  const named = options(ground.choices.clocks).filter((option) => clocks.some((one) => one === option.value));
  const [first] = named;
  if (first === undefined) return [];
  const [id] = about(values);
  const view = id === undefined ? undefined : ground.incidents.get(id);
  const words = (kind: string) => view?.clocks.find((one) => one.reading.kind === kind)?.words ?? "";
  const asked = { name: "clock", label: "Clock" };
  if (timed(ground, values)[0]?.value === said(values, "clause"))
    return [{ ...asked, kind: "shown", text: first.name, hint: words(first.value) }];
  return [
    {
      ...asked,
      kind: "choice",
      options: named.map((option) => ({ ...option, hint: words(option.value) })),
      optional: true,
    },
  ];
}

function clockAsked(ground: Ground, values: Values): ClockKind | null {
  const demands = timed(ground, values);
  const judged = demands.find((demand) => demand.value === said(values, "clause"));
  if (judged !== undefined) return judged.clock;
  return demands.length === 0 ? null : (chosen(ground.choices.clocks, values.clock) ?? null);
}

/** One incident, or all of a client or of a service: never two of them, because the scope is exact. */
function scope(ground: Ground, values: Values): readonly Field[] {
  const { clients, services } = ground.choices;
  const client = (id: string) => clients.find((one) => one.value === id)?.name ?? "";
  const all: readonly Field[] = [
    { ...incidentFieldIfAny(ground, "Incident, if it is about one"), hint: WIDEST },
    {
      kind: "choice",
      name: "client",
      label: "Client, if it is about all of its incidents",
      options: options(clients),
      optional: true,
    },
    {
      kind: "choice",
      name: "service",
      label: "Service, if it is about all of its incidents",
      options: options(services).map((option) => ({ ...option, hint: client(option.hint) })),
      optional: true,
    },
  ];
  const one = all.find((field) => said(values, field.name) !== "");
  return one === undefined ? all : [one];
}
