// Deeds begun on the board: by menu, key or drop they go the same way.
import type { ColumnHead, IncidentView, Move, Verb } from "../../bindings";
import { assigned } from "../../commands/assign";
import type { Ask } from "../../doing/asking";
import { askDeed, askSignal, askUnread, offeredOf, on, turnAway } from "../../doing/begin";
import { broughtBy, foresee } from "../../doing/foresee";
import { execute, sayCaught } from "../../doing/run";
import { readIncident } from "../../records/reading";
import { records } from "../../records/records";
import { deedsOf } from "./moving";

/** Moves a card: asks what is missing, or says why it cannot go there. */
export function askMove(ask: Ask, columns: readonly ColumnHead[], view: IncidentView, move: Move): void {
  const name = columns.find((head) => head.column === move.to)?.name ?? move.to;
  if (move.to === view.card.column) return;
  const title = `Move to ${name}`;
  if (move.refusal !== null) turnAway(ask, view, title, move.refusal);
  else ask({ ...on(view), deeds: deedsOf(move), title });
}

/** The one deed that needs no question: it is mine now. As soon as its record is read, the card goes. */
export function assignToMe(id: string | undefined): void {
  const card = id === undefined ? undefined : records.cards.get(id);
  const me = records.session?.person;
  if (card === undefined || me == null) return;
  const mine = { assignee: me.id, assignee_name: me.name, pending: "unsent" } as const;
  const putBack = foresee(card.id, (now, view) => {
    const column = broughtBy(now, view, "assign");
    return column === undefined ? undefined : { ...now, ...mine, column };
  });
  execute(assigned(card, me.id), `Assigned to you: ${card.label}`).finally(putBack).catch(sayCaught);
}

/**
 * Begins a deed by its key: its form opens before the next key comes, whether or not the record was read. What the
 * record refused when it was read may be another matter by now: of that the desk is asked again.
 */
export function beginDeed(ask: Ask, id: string | undefined, verb: Verb): void {
  const card = id === undefined ? undefined : records.cards.get(id);
  if (card === undefined) return;
  const view = records.incidents.get(card.id);
  if (view === undefined) askUnread(ask, card, verb);
  else if (offeredOf([verb], view.offers) !== undefined) askDeed(ask, view, verb);
  else readIncident(card.id).then((read) => askDeed(ask, read, verb), sayCaught);
}

/** Begins a deed on a signal: all that there is to know of it stands on its card. */
export function beginSignalDeed(ask: Ask, id: string | undefined, verb: Verb): void {
  const signal = id === undefined ? undefined : records.signals.get(id);
  if (signal !== undefined) askSignal(ask, signal, verb);
}
