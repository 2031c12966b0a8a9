// A deed drawn before the desk has answered. Whether it may be is what the desk said of the record before;
// nothing here knows a rule, and the desk's answer replaces what was foreseen, whatever it says.
import type { Card, Column, IncidentView, Verb } from "../bindings";
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

/** Shows a card as a deed will leave it. What is returned puts it back, unless the desk has spoken since. */
export function foresee(card: Card): () => void {
  const before = records.cards.get(card.id);
  if (before === undefined) return () => undefined;
  records.foresee(card);
  return () => {
    if (records.cards.get(card.id) === card) records.foresee(before);
  };
}
