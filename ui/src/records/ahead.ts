// Reading ahead: the record of the card on which the focus comes to rest is read before anybody asks for it, so
// that what may be done with it is known when a key comes. One record at a time; what nobody shows is let go.
import type { IncidentId } from "../bindings";
import { readIncident } from "./reading";
import { records } from "./records";

/** Whoever runs through a column stays shorter than this on a card. */
const STAYS_MS = 80;

let timer: ReturnType<typeof setTimeout> | undefined;
let ahead: IncidentId | undefined;
let moved = Number.NEGATIVE_INFINITY;

/** The focus is on this incident now. Where it had rested before, nobody runs: the record is read at once. */
export function readAhead(id: IncidentId): void {
  clearTimeout(timer);
  const runs = performance.now() - moved < STAYS_MS;
  moved = performance.now();
  if (runs) timer = setTimeout(() => read(id), STAYS_MS);
  else read(id);
}

function read(id: IncidentId): void {
  if (ahead !== undefined && ahead !== id && !records.hears(`incident:${ahead}`)) {
    records.forgetIncident(ahead);
  }
  ahead = id;
  // Where it cannot be read, the deed itself says why.
  readIncident(id).catch(() => undefined);
}
