//! What is to be carried outside (§3.4): the one place that whatever sends mail, or fills a portal, asks.

use super::{Message, MessageKind};
use crate::log::Incident;

/// The messages that are on their way: they may go out, nobody knows yet what became of them, and they still hold.
/// A rehearsal has none, whatever is written in it: nothing of a drill leaves the house.
pub fn carried(incident: &Incident) -> impl Iterator<Item = &Message> {
    let is_real = !incident.is_drill();
    let messages = incident.communication.messages.iter().enumerate();
    messages
        .filter(move |(_, message)| is_real && message.is_on_its_way())
        .filter(|(place, message)| still_holds(incident, *place, message))
        .map(|(_, message)| message)
}

/// Not to a client whose incident it is no longer, and no word of an end that a reopening has overtaken.
fn still_holds(incident: &Incident, place: usize, message: &Message) -> bool {
    let tells_of_the_end = match message.draft.kind {
        MessageKind::RestorationNotice | MessageKind::ResolutionConfirmation => true,
        MessageKind::FirstNotice | MessageKind::Update | MessageKind::Correction => false,
    };
    let is_overtaken = tells_of_the_end && place < incident.communication.notices_from;
    message.client == incident.entry.client && !is_overtaken
}
