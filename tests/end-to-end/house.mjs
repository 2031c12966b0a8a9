// A small house of our own, set through the same commands an administrator's desk sends.
//
// Two people share the work. One client has ordinary targets; the other promises a response in one minute,
// so that a deadline comes while somebody watches for it.
import { freshId } from "./peers/ids.mjs";

export const PASSWORD = "correct horse battery staple";
export const ADMINISTRATOR = "Chris Vane";

const ROLES = ["service_desk", "tier2", "incident_manager", "account_manager"];
/** Who sits at which desk: a person's name is also what they sign in with. */
export const PEOPLE = { ada: { name: "Ada Lovell", roles: ROLES }, ben: { name: "Ben Okoro", roles: ROLES } };

export const CLIENT = "Harbour Clinic";
export const SERVICE = "Patient records";
export const HURRIED_CLIENT = "Kestrel Freight";
export const HURRIED_SERVICE = "Dispatch";
export const CATEGORY = "Server";
export const RESPONSE_MINUTES = 1;

const ZONE = "America/New_York";
const MATRIX = [
  ["P1", "P1", "P2"],
  ["P1", "P2", "P3"],
  ["P2", "P3", "P4"],
  ["P3", "P4", "P4"],
];

/** The settings, in an order in which each finds what it builds on. */
function settings() {
  const ids = Object.fromEntries(
    ["calendar", "client", "service", "agreement", "hurried", "hurriedService", "hurriedAgreement"].map((name) => [name, freshId()]),
  );
  const client = (id, name) => ({ setting: "client", id, name, zone: ZONE, account_manager: null });
  const service = (id, of, name) => ({ setting: "service", id, client: of, name, critical: false });
  const agreement = (id, of, name, response, resolution) => {
    const target = (minutes, clause) => ({ minutes, calendar: ids.calendar, clause });
    const targets = { response: target(response, "4.1"), restoration: null, resolution: target(resolution, "4.2") };
    return {
      setting: "agreement",
      id,
      version: 1,
      effective_from: 0,
      client: of,
      service: null,
      name,
      reference: `${name} 2026`,
      targets: [targets, targets, targets, targets],
      pauses: [],
    };
  };
  const house = {
    setting: "house",
    version: 2,
    zone: ZONE,
    log_within_minutes: null,
    matrix: { version: 2, rows: MATRIX },
    categories: [
      { code: "server", name: CATEGORY, under: null },
      { code: "network", name: "Network", under: null },
    ],
  };
  const calendar = { setting: "calendar", id: ids.calendar, name: "Always", zone: ZONE, hours: "always", version: 1 };
  const clients = [
    client(ids.client, CLIENT),
    service(ids.service, ids.client, SERVICE),
    agreement(ids.agreement, ids.client, "Gold", 60, 480),
    client(ids.hurried, HURRIED_CLIENT),
    service(ids.hurriedService, ids.hurried, HURRIED_SERVICE),
    agreement(ids.hurriedAgreement, ids.hurried, "Express", RESPONSE_MINUTES, 480),
  ];
  return [house, calendar, ...clients];
}

/** Sets the house up on a running server, as its administrator. */
export async function furnish(server) {
  const { token } = await server.ask("POST", "/v1/session", { body: { name: ADMINISTRATOR, password: PASSWORD } });
  const { now } = await server.ask("GET", "/v1/time", { token });
  const commands = settings().map((setting, place) => ({
    id: freshId(),
    seq: place + 1,
    claim: { at: now, uncertainty_ms: 5 },
    command: { verb: "configure", setting },
  }));
  const reply = await server.ask("POST", "/v1/commands", { token, body: { desk: freshId(), commands } });
  const bad = reply.outcomes.filter((outcome) => outcome.verdict !== "accepted");
  if (bad.length > 0) throw new Error(`the house could not be set up: ${JSON.stringify(bad)}`);
}
