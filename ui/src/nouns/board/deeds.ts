// Deeds begun on the board: by menu, key or drop they go the same way.
import type { ColumnHead, IncidentView, Move } from "../../bindings";
import { incidentDeed } from "../../commands/all";
import { assigned } from "../../commands/assign";
import type { Ask } from "../../doing/asking";
import { execute, say, sayRefusal } from "../../doing/run";
import { reasonOf } from "../../door";
import { readIncident } from "../../records/reading";
import { records } from "../../records/records";
import { deedsOf } from "./moving";

/** Moves a card: asks what is missing, or says why it cannot go there. */
export function askMove(ask: Ask, columns: readonly ColumnHead[], view: IncidentView, move: Move): void {
  const name = columns.find((head) => head.column === move.to)?.name ?? move.to;
  if (move.to === view.card.column) return;
  if (move.refusal !== null) {
    sayRefusal(move.refusal);
    return;
  }
  const about = { on: "incident", id: view.card.id } as const;
  ask({ about, deeds: deedsOf(move), title: `Move to ${name}`, of: `${view.card.label} ${view.card.title}` });
}

/** Begins one deed, or says why not. */
export function askDeed(ask: Ask, view: IncidentView, verb: string): void {
  const offer = view.offers.find((one) => one.verb === verb);
  const deed = offer === undefined ? undefined : incidentDeed(offer.verb);
  if (offer === undefined || deed === undefined) return;
  if (offer.refusal !== null) {
    sayRefusal(offer.refusal);
    return;
  }
  const about = { on: "incident", id: view.card.id } as const;
  ask({ about, deeds: [deed], title: offer.label, of: `${view.card.label} ${view.card.title}` });
}

/** The one deed that needs no question: it is mine now. */
export function assignToMe(id: string | undefined): void {
  const card = id === undefined ? undefined : records.cards.get(id);
  const me = records.session?.person?.id;
  if (card === undefined || me === undefined) return;
  execute(assigned(card, me), `Assigned to you: ${card.label}`).catch(sayCaught);
}

/** Reads the record of a card and goes on with it. */
export function withRecord(id: string | undefined, run: (view: IncidentView) => void): void {
  if (id !== undefined) readIncident(id).then(run, sayCaught);
}

function sayCaught(caught: unknown): void {
  say(reasonOf(caught).message);
}
