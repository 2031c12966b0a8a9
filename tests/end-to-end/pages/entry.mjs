// A new incident, as one is logged with somebody on the phone: keys only.
import { Key } from "../peers/desk.mjs";
import { fill } from "./form.mjs";

const REPORTER = "Kim, by phone";

/** Opens the form by its key. */
export async function openEntry(desk) {
  await desk.page(() => document.activeElement?.blur?.());
  await desk.keys("c");
  await desk.until(() => document.querySelector('[role="dialog"] [data-field]'), [], "the form of a new incident");
}

/** Logs an incident, and waits until the form has gone. */
export async function logIncident(desk, { client, service, summary, impact = "Some users" }) {
  await openEntry(desk);
  await fill(desk, {
    Client: client,
    "Affected services": service,
    Summary: summary,
    "Reported symptoms": `${summary}, since this morning`,
    "Reported by": REPORTER,
    Source: "Phone",
    "Initial impact": impact,
  });
  await desk.chord(Key.CONTROL, Key.ENTER);
  await desk.until(() => !document.querySelector('[role="dialog"]'), [], "the form to go");
}
