//! Whether the client knows that service is back and the incident resolved: at every severity (§3.4; ruling 10).

use super::{Answer, Message, MessageKind};
use crate::Timestamp;
use crate::log::Incident;

/// Whether the client was told that normal service is back, since it came back last.
pub fn told_of_restoration(incident: &Incident) -> bool {
    let answered = incident.confirmation.as_ref().is_some_and(|confirmation| match confirmation.answer {
        Answer::Confirmed | Answer::Disputed => true,
        Answer::NoAnswer => false,
    });
    answered
        || told(incident, MessageKind::RestorationNotice)
        || told(incident, MessageKind::ResolutionConfirmation)
}

/// Whether the client was told that it is resolved, since it was resolved last.
pub fn told_of_resolution(incident: &Incident) -> bool {
    incident.communication.confirmed_the_resolution || told(incident, MessageKind::ResolutionConfirmation)
}

/// When a message first told the client that it is resolved, since it was resolved last.
pub(crate) fn resolution_told_at(incident: &Incident) -> Option<Timestamp> {
    told_at(incident, MessageKind::ResolutionConfirmation)
}

fn told(incident: &Incident, kind: MessageKind) -> bool {
    told_at(incident, kind).is_some()
}

fn told_at(incident: &Incident, kind: MessageKind) -> Option<Timestamp> {
    let communication = &incident.communication;
    let counting = communication.messages.get(communication.notices_from..).unwrap_or_default();
    let of_the_kind = counting
        .iter()
        .filter(|message| message.client == incident.entry.client && message.draft.kind == kind);
    of_the_kind.filter_map(Message::told_at).min()
}
