//! Who reads what was said on an incident that moved (§3.4, §3.1 Logging): the words of a client are for those who
//! may see that client, wherever the incident went.
//!
//! It narrows what a screen shows. What a desk holds is the whole record, because clocks and duties rest on it.

use std::collections::BTreeSet;

use crate::event::{Event, Fact};
use crate::log::Incident;
use crate::setup::Setup;
use crate::{ClientId, MessageId, PersonId, Timestamp};

/// Whether words may be kept from this person at all: whoever sees every client reads all.
pub fn is_limited(setup: &Setup, reader: PersonId) -> bool {
    setup.people.get(&reader).is_some_and(|person| person.clients.is_some())
}

/// The incident without the words of clients that this person may not see.
pub fn shown_to(mut incident: Incident, setup: &Setup, reader: PersonId) -> Incident {
    let Some(clients) = limits(&incident, setup, reader) else { return incident };
    let (identity, present) = (incident.identity.clone(), incident.entry.client);
    let is_theirs = |client: Option<ClientId>, at: Timestamp| {
        clients.contains(&client.unwrap_or_else(|| identity.client_at(at, present)))
    };
    let communication = &mut incident.communication;
    // Where the notices begin that count is told by place, and the place moves with what is left out.
    let before = communication.messages.iter().take(communication.notices_from);
    communication.notices_from = before.filter(|message| clients.contains(&message.client)).count();
    communication.messages.retain(|message| clients.contains(&message.client));
    communication.replies.retain(|reply| is_theirs(reply.client, reply.at));
    incident
}

/// Whether this person may read an entry of the incident's log.
pub fn is_shown(event: &Event, incident: &Incident, setup: &Setup, reader: PersonId) -> bool {
    let Some(clients) = limits(incident, setup, reader) else { return true };
    let of_message = |message: MessageId| {
        incident.communication.message(message).is_none_or(|known| clients.contains(&known.client))
    };
    match &event.fact {
        Fact::MessageWritten { draft, .. } => of_message(draft.message),
        Fact::MessageApproved { message }
        | Fact::MessageReturned { message, .. }
        | Fact::DeliveryRecorded { message, .. } => of_message(*message),
        Fact::ClientReplied { .. } | Fact::RestorationConfirmed { .. } => {
            clients.contains(&incident.identity.client_at(event.at, incident.entry.client))
        }
        // No other fact holds words that were said to a client or by one.
        _ => true,
    }
}

/// The clients whose words this person may read; `None` where nothing is kept from them. What was said while nobody
/// knew the client was said by whoever it turned out to be.
fn limits(incident: &Incident, setup: &Setup, reader: PersonId) -> Option<BTreeSet<ClientId>> {
    let own = setup.people.get(&reader)?.clients.as_ref()?;
    let mut clients = own.clone();
    let former = &incident.identity.former;
    clients.extend(former.iter().filter(|former| former.was_unknown).map(|former| former.client));
    former.iter().any(|former| !clients.contains(&former.client)).then_some(clients)
}
