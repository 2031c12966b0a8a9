// Whether two drawings of a duty say the same, field by field.
import type { Attention, DutyChip, Local, Subject } from "../../bindings";

/** Whether two say the same. */
export function isSameDuty(one: DutyChip, other: DutyChip): boolean {
  return one === other || (isSameOwed(one, other) && isSameWritten(one, other));
}

/** What is owed, by whom and when. */
function isSameOwed(one: DutyChip, other: DutyChip): boolean {
  return (
    isSameSubject(one.subject, other.subject) &&
    one.duty === other.duty &&
    one.due === other.due &&
    isSameLocal(one.due_local, other.due_local) &&
    isSameAttention(one.attention, other.attention) &&
    one.paused === other.paused &&
    one.person === other.person &&
    one.role === other.role &&
    one.mine === other.mine
  );
}

/** The words of it, and the verbs that fulfil it. */
function isSameWritten(one: DutyChip, other: DutyChip): boolean {
  return (
    one.label === other.label &&
    one.owner === other.owner &&
    one.clause === other.clause &&
    one.why === other.why &&
    one.about === other.about &&
    one.verbs.length === other.verbs.length &&
    one.verbs.every((verb, index) => verb === other.verbs[index])
  );
}

function isSameSubject(one: Subject, other: Subject): boolean {
  return one.on === other.on && one.id === other.id;
}

function isSameLocal(one: Local | null, other: Local | null): boolean {
  return (
    one?.instant === other?.instant &&
    one?.local === other?.local &&
    one?.offset === other?.offset &&
    one?.zone === other?.zone
  );
}

function isSameAttention(one: Attention | null, other: Attention | null): boolean {
  return one?.watch === other?.watch && one?.caution === other?.caution && one?.warning === other?.warning;
}
