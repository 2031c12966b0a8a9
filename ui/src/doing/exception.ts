// From a refusal to the form that asks for an exception from it (§4.2): no guard is a dead end.
import type { Refusal } from "../bindings";
import type { Values } from "../commands/deed";
import { CLAUSES } from "../commands/record";
import { requestException } from "../commands/request-exception";
import type { Subject } from "./about";
import type { Request } from "./asking";

/** Whether somebody may grant an exception from it. */
export function isExceptable(refusal: Refusal | null | undefined): refusal is Refusal {
  return refusal != null && refusal.exception_by.length > 0;
}

/** What is asked then: clause and incident are filled in, and its client follows from it. */
export function exceptionRequest(refusal: Refusal, subject: Subject, of: string): Request {
  const clause = CLAUSES.find((known) => known.value === refusal.clause);
  const given: Values = {
    ...(clause && { clause: clause.value }),
    ...(subject.on === "incident" && { incident: subject.view.card.id }),
  };
  const about =
    subject.on === "incident"
      ? ({ on: "incident", id: subject.view.card.id } as const)
      : ({ on: "desk" } as const);
  return { about, deeds: [requestException], title: requestException.label, of, given };
}
