// From a refusal or a breach to the form that asks for an exception from it (§4.2): no guard is a dead end.
import type { ClockKind, DemandChoice, IncidentView, Refusal } from "../bindings";
import type { Values } from "../commands/deed";
import { CLAUSES } from "../commands/record";
import { requestException } from "../commands/request-exception";
import { records } from "../records/records";
import type { Subject } from "./about";
import type { Request } from "./asking";

/** Whether somebody may grant an exception from it. */
export function isExceptable(refusal: Refusal | null | undefined): refusal is Refusal {
  return refusal != null && refusal.exception_by.length > 0;
}

/** What is asked after a refusal: clause and incident are filled in. */
export function afterRefusal(refusal: Refusal, subject: Subject, of: string): Request {
  const { clause } = refusal;
  const given: Values = CLAUSES.some((known) => known.value === clause) ? { clause } : {};
  return request(given, subject, of);
}

/** What is asked where a clock was not met, or will not be: the demand that it judges is filled in. */
export function afterBreach(clock: ClockKind, view: IncidentView): Request {
  const demand = demands().find((one) => one.clock === clock);
  const given: Values = { ...(demand && { clause: demand.value }), clock };
  return request(given, { on: "incident", view }, `${view.card.label} ${view.card.title}`);
}

function request(given: Values, subject: Subject, of: string): Request {
  const asked = { deeds: [requestException], title: requestException.label, of };
  if (subject.on !== "incident") return { ...asked, about: { on: "desk" }, given };
  const { id } = subject.view.card;
  return { ...asked, about: { on: "incident", id }, given: { ...given, incident: id } };
}

function demands(): readonly DemandChoice[] {
  return records.choices?.demands ?? [];
}
