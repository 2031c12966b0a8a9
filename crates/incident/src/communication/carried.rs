//! What is to be carried outside (§3.4): the one place that whatever sends mail, or fills a portal, asks.

use super::Message;
use crate::log::Incident;

/// The messages that are on their way: they may go out, and nobody knows yet what became of them. A rehearsal
/// has none, whatever is written in it: nothing of a drill leaves the house.
pub fn carried(incident: &Incident) -> impl Iterator<Item = &Message> {
    let is_real = !incident.is_drill();
    incident.communication.messages.iter().filter(move |message| is_real && message.is_on_its_way())
}
