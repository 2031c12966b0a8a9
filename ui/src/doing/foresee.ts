// A deed drawn before the desk has answered. Whether it may be is what the desk said of the record before;
// nothing here knows a rule, and the desk's answer replaces what was foreseen, whatever it says.
import type { Card, Column, IncidentId, IncidentView, Verb } from "../bindings";
import { records } from "../records/records";

/** The column into which this deed alone brings the card, where the record as it stands says that it may be done. */
export function broughtBy(card: Card, view: IncidentView | undefined, verb: Verb): Column | undefined {
  if (view === undefined || view.card.updated_at !== card.updated_at) return undefined;
  const offered = view.offers.some((offer) => offer.verb === verb && offer.refusal === null);
  const move = view.moves.find(
    ({ verbs, refusal }) => refusal === null && verbs.length === 1 && verbs[0] === verb,
  );
  return offered ? move?.to : undefined;
}

/**
 * Shows a card as a deed will leave it as soon as its record says how: at once where that was read, else when a reading
 * that is on its way arrives. What is returned ends the waiting, and puts the card back unless the desk has spoken since.
 */
export function foresee(
  id: IncidentId,
  after: (card: Card, view: IncidentView | undefined) => Card | undefined,
): () => void {
  let drawn: { readonly before: Card; readonly left: Card } | undefined;
  const draw = () => {
    const before = records.cards.get(id);
    if (before === undefined || drawn !== undefined) return;
    const left = after(before, records.incidents.get(id));
    if (left === undefined) return;
    drawn = { before, left };
    records.foresee(left);
  };
  draw();
  const stop = records.subscribe(`incident:${id}`, draw);
  return () => {
    stop();
    if (drawn !== undefined && records.cards.get(id) === drawn.left) records.foresee(drawn.before);
  };
}
