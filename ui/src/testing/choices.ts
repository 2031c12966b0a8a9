// The lists that forms of the invented desk choose from. Never part of what ships.
import type { Choices, RecordChoice } from "../bindings";

export const ME = "person-dana";

export const CLIENTS = [
  ["acme", "Acme Corp", "Gold, 24×7"],
  ["bolt", "Bolt Freight", "Gold, 24×7"],
  ["cobalt", "Cobalt Dental", "Silver, 8–18"],
  ["dune", "Dune Hotels", "Silver, 6–22"],
  ["fenn", "Fenn & Co", "Silver, 8–18"],
  ["gant", "Gant Legal", "Bronze, 9–17"],
  ["hale", "Hale Foundry", "Bronze, 9–17"],
  ["jove", "Jove Media", "Gold, 24×7"],
] as const;

export const SERVICES = ["Mail", "Network", "Printing", "ERP", "Backup", "VPN"] as const;

export const PEOPLE = [
  [ME, "Dana Mora", "Incident Manager"],
  ["person-ivy", "Tom Ivy", "Tier 2"],
  ["person-lund", "Kari Lund", "Tier 3"],
  ["person-osei", "Ruth Osei", "Service Desk"],
  ["person-poe", "Sam Poe", "Service Desk"],
  ["person-ray", "Mina Ray", "Tier 2"],
  ["person-cole", "Jon Cole", "Account Manager"],
] as const;

const named = <T extends string>(value: T, name: string, hint = "") => ({ value, name, hint });

export function choices(): Choices {
  return { ...whom(), ...what() };
}

function whom() {
  return {
    clients: CLIENTS.map(([id, name, hint]) => named(`client-${id}`, name, hint)),
    services: CLIENTS.flatMap(([id]) =>
      SERVICES.slice(0, 4).map((name) => named(`service-${id}-${name.toLowerCase()}`, name, `client-${id}`)),
    ),
    people: PEOPLE.map(([id, name, hint]) => named(id, name, hint)),
    categories: [
      named("mail", "Mail"),
      named("network_outage", "Network · Outage"),
      named("network_slow", "Network · Slow"),
      named("printing", "Printing"),
      named("access", "Access and accounts"),
      named("application", "Application"),
      named("backup", "Backup"),
      named("hardware", "Hardware"),
    ],
    severities: [
      {
        severity: 1,
        name: "Critical",
        definition: "A critical service is completely lost for many users or a whole site.",
      },
      {
        severity: 2,
        name: "High",
        definition: "A critical service is lost or badly degraded, or a major function is gone.",
      },
      { severity: 3, name: "Medium", definition: "Part of a service is degraded for some users." },
      { severity: 4, name: "Low", definition: "One user or hardly any business impact." },
    ],
    impacts: [
      named("entire_site", "Entire site", "Severity 1 until set"),
      named("many_users", "Many users", "Severity 2 until set"),
      named("some_users", "Some users", "Severity 3 until set"),
      named("single_user", "One user", "Severity 4 until set"),
    ],
    urgencies: [named("high", "High"), named("medium", "Medium"), named("low", "Low")],
    sources: [
      named("monitoring", "Monitoring"),
      named("phone", "Phone"),
      named("email", "E-mail"),
      named("portal", "Portal"),
      named("staff", "Staff"),
    ],
    channels: [named("phone", "Phone"), named("email", "E-mail"), named("portal", "Portal")],
    answers: [
      named("confirmed", "Confirmed"),
      named("disputed", "Disputed"),
      named("no_answer", "No answer"),
    ],
    agreements: [{ value: "agreement-gold", name: "Gold", hint: "GLD-1" }],
  } satisfies Partial<Choices>;
}

function what() {
  return {
    pauses: [
      named("awaiting_client", "Awaiting the client"),
      named("awaiting_vendor", "Awaiting a vendor"),
      named("awaiting_change", "Awaiting a change window"),
    ],
    paths: [named("technical", "Technical"), named("managerial", "Managerial")],
    clocks: [
      named("response", "Response"),
      named("restoration", "Restoration"),
      named("resolution", "Resolution"),
    ],
    templates: [named("Outage", "Outage", "We have seen that your service is down.")],
    breach_reasons: [],
    demands: [
      { value: "§3.3/2", name: "§3.3/2 The response target is met.", clock: "response" },
      { value: "§3.3/3", name: "§3.3/3 The resolution target is met.", clock: "resolution" },
      { value: "§3.4/2", name: "§3.4/2 A client gets regular updates.", clock: null },
    ],
    procedures: [
      {
        id: "procedure-nights",
        version: 2,
        effective_from: 0,
        name: "Night calls",
        text: "Call the next step when nobody answers within five minutes.",
        must_know: ["tier2"],
        changed_for: [],
        scenario: {
          question: "Nobody answers: what do you do?",
          answers: ["Wait", "Call the next step"],
          right: 1,
        },
      },
    ],
    offers: [
      { verb: "raise_signal", subject: null, label: "Report", clause: "§3.1", refusal: null },
      { verb: "log_incident", subject: null, label: "Log incident", clause: "§3.1", refusal: null },
    ],
  } satisfies Partial<Choices>;
}

const covered = [named("incident-1", "INC-1043 Mail down"), named("incident-2", "INC-1044 Slow ERP")];
const none = { parts: [], incidents: [], about: null, told: [], evidence: [] };

/** Records beside the incidents, two of a kind where a choice is to be made. */
export function recordChoices(): readonly RecordChoice[] {
  return [...decided(), ...looked()];
}

function decided(): readonly RecordChoice[] {
  return [
    {
      ...none,
      subject: { on: "exception", id: "exception-wide" },
      name: "§3.4, Acme Corp",
      hint: "in force; asked by Tom Ivy, until 24 Nov 18:00",
      may: ["invoke_exception", "revoke_exception"],
      incidents: covered,
    },
    {
      ...none,
      subject: { on: "exception", id: "exception-asked" },
      name: "§3.1, INC-1043 Mail down",
      hint: "waits for a decision; asked by Tom Ivy, until 24 Nov 18:00",
      may: ["approve_exception", "decline_exception", "return_exception"],
      about: "incident-1",
      told: [
        {
          field: "What is asked",
          text: "A deviation, which is allowed or not: §3.1, INC-1043 VPN drops every few minutes",
        },
        { field: "For which time", text: "from 23 Nov 14:00 until 24 Nov 18:00" },
        {
          field: "What prevents keeping to it",
          text: "The client asked at 14:18 to be left alone during the cut-over.",
        },
        { field: "What happens if it is refused", text: "The cut-over is broken off." },
        { field: "Who is affected", text: "Forty people at two sites." },
        { field: "What compensates for it meanwhile", text: "A banner in the portal." },
      ],
      evidence: ["line-1-31", "line-1-52", "line-elsewhere"],
    },
    {
      ...none,
      subject: { on: "review", id: "review-mail" },
      name: "INC-1043 Mail down",
      hint: "reviewed, 1 actions not verified; Dana Mora writes it",
      may: ["add_action", "verify_action", "finish_action", "reopen_action", "uphold_action", "close_review"],
      parts: [
        named("action-ups", "Renew the batteries", "done"),
        named("action-map", "Draw the map", "open"),
      ],
      incidents: covered,
    },
    {
      ...none,
      subject: { on: "review", id: "review-erp" },
      name: "INC-1044 Slow ERP",
      hint: "being written; Dana Mora writes it",
      may: ["write_review", "complete_review", "add_action", "extend_review"],
    },
  ];
}

function looked(): readonly RecordChoice[] {
  return [
    {
      ...none,
      subject: { on: "violation", id: "violation-now" },
      name: "§3.1, Tom Ivy, INC-1043 Mail down",
      hint: "answered, waits for a decision; logged a day later",
      may: ["answer_violation", "decide_violation"],
    },
    {
      ...none,
      subject: { on: "violation", id: "violation-before" },
      name: "§3.1, Tom Ivy, INC-1044 Slow ERP",
      hint: "decided; logged a day later",
      may: [],
    },
    {
      ...none,
      subject: { on: "audit", id: "audit-october" },
      name: "2 records of all clients, drawn 2 Nov 09:00",
      hint: "1 to be looked at, 1 findings open; Dana Mora looks at them",
      may: [
        "replace_sample",
        "change_reviewer",
        "review_record",
        "report_finding",
        "answer_finding",
        "close_finding",
        "close_audit",
      ],
      parts: [named("finding-cause", "§3.1, No cause", "answered; INC-1043 Mail down")],
      incidents: covered,
    },
    {
      ...none,
      subject: { on: "suspicion", id: "suspicion-mail" },
      name: "INC-1043 Mail down",
      hint: "open, since 23 Nov 13:00; a list was mailed out",
      may: [
        "add_member",
        "remove_member",
        "note_suspicion",
        "notify_authority",
        "close_suspicion",
        "release_line",
      ],
      about: "incident-1",
    },
  ];
}
