// Deeds on an incident or a signal are begun the same way everywhere: by button, menu, key, palette or drop.
import type { Card, IncidentView, Offer, Refusal, SignalCard, Verb } from "../bindings";
import { incidentDeed, SIGNAL_DEEDS } from "../commands/all";
import type { Ask } from "./asking";
import { isExceptable } from "./exception";
import { sayRefusal } from "./run";

/** The first of these that may be done now. */
export function offeredOf(verbs: readonly Verb[], offers: readonly Offer[]): Verb | undefined {
  return verbs.find((verb) => offers.some((offer) => offer.verb === verb && offer.refusal === null));
}

/** Begins one deed, or says why not. */
export function askDeed(ask: Ask, view: IncidentView, verb: string): void {
  const offer = view.offers.find((one) => one.verb === verb);
  const deed = offer === undefined ? undefined : incidentDeed(offer.verb);
  if (offer === undefined || deed === undefined) return;
  if (offer.refusal !== null) turnAway(ask, view, offer.label, offer.refusal);
  else ask({ ...on(view), deeds: [deed], title: offer.label });
}

/** Begins a deed on a card whose record was not read: what is typed next is its own already. */
export function askUnread(ask: Ask, card: Card, verb: Verb): void {
  const deed = incidentDeed(verb);
  if (deed !== undefined) ask({ ...on({ card }), deeds: [deed], title: deed.label, judged: "when_read" });
}

/** Says why not; where somebody may grant an exception, the panel asks whether to request one. */
export function turnAway(ask: Ask, view: IncidentView, title: string, refusal: Refusal): void {
  if (isExceptable(refusal)) ask({ ...on(view), deeds: [], title, refusal });
  else sayRefusal(refusal);
}

/** What a request on an incident is about. */
export function on({ card }: Pick<IncidentView, "card">) {
  const about = { on: "incident", id: card.id } as const;
  return { about, of: `${card.label} ${card.title}` };
}

/** Begins one deed on a signal, or says why not. */
export function askSignal(ask: Ask, signal: SignalCard, verb: Verb): void {
  const deed = SIGNAL_DEEDS.find((one) => one.verb === verb);
  const refusal = refusalOf(signal, verb);
  if (deed === undefined) return;
  if (refusal !== null) sayRefusal(refusal);
  else ask({ about: { on: "signal", id: signal.id }, deeds: [deed], title: deed.label, of: signal.summary });
}

/** Why a signal may not be dealt with in this way; nothing where it may. */
export function refusalOf(signal: SignalCard, verb: Verb): Refusal | null {
  return signal.offers.find((offer) => offer.verb === verb)?.refusal ?? null;
}
