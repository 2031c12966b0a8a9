// Whom a deed may name. The desk knows the rule and answers it place by place; a form lists nobody else, and what the
// answer hangs on is asked before it.
import type { Naming } from "../bindings";
import { type Field, type Ground, options } from "./deed";

/** What is said where the question before has no answer yet. */
const FIRST = "Answer what is asked before this first.";

/** One colleague of those who may be named there. */
export function whomField(ground: Ground, whom: Naming | undefined, name: string, label: string): Field {
  return { kind: "choice", name, label, ...listed(ground, whom) };
}

/** The same, or nobody. */
export function whomFieldIfAny(ground: Ground, whom: Naming | undefined, name: string, label: string): Field {
  return { kind: "choice", name, label, ...listed(ground, whom), optional: true };
}

/** Several of them. */
export function whomSeveral(ground: Ground, whom: Naming, name: string, label: string): Field {
  return { kind: "several", name, label, ...listed(ground, whom) };
}

/** The places of these fields where somebody is named. */
export function namingsOf(fields: readonly Field[]): readonly Naming[] {
  return fields.flatMap((field) =>
    (field.kind === "choice" || field.kind === "several") && field.whom !== undefined ? [field.whom] : [],
  );
}

function listed(ground: Ground, whom: Naming | undefined) {
  return whom === undefined
    ? { options: [], hint: FIRST }
    : { options: options(ground.nameable(whom)), whom };
}
