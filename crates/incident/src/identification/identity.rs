//! Whose incident it is, where that was not known at first or turned out to be wrong (§3.1 Logging).
//!
//! Clocks run from logging under whatever agreement is bound; a later one counts from logging too, and what it
//! finds late was found at that moment, not missed before it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::log::Incident;
use crate::setup::Setup;
use crate::{ClientId, ServiceId, Span, Timestamp};

/// A client that the incident belonged to before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormerClient {
    /// The client; the house's stand-in where it was not known.
    pub client: ClientId,
    /// The services named then.
    pub services: Vec<ServiceId>,
    /// Until when.
    pub until: Timestamp,
    /// Whether nobody knew the client then, and this is the stand-in; records of before that was kept do not say.
    #[serde(default)]
    pub was_unknown: bool,
}

/// How the incident came to its client, and the statement of the boundary of §2.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Identity {
    /// Clients before this one, oldest first.
    pub former: Vec<FormerClient>,
    /// When somebody stated that the boundary to a data breach was considered; the answer stands elsewhere.
    pub breach_considered_at: Option<Timestamp>,
}

/// A stretch in which the incident was one client's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tenure {
    pub(crate) client: ClientId,
    /// From when until when; the first one has no beginning, and the last one no end.
    pub(crate) span: Span,
}

impl Identity {
    /// Everybody whose it was, oldest first; the last one is `present`, whose it is now. The instant of a move is the
    /// new client's.
    pub(crate) fn tenures(&self, present: ClientId) -> Vec<Tenure> {
        let mut all = Vec::with_capacity(self.former.len() + 1);
        let mut from = Span::EVER.from;
        for former in &self.former {
            let to = former.until.max(from);
            all.push(Tenure { client: former.client, span: Span { from, to } });
            from = to;
        }
        all.push(Tenure { client: present, span: Span { from, ..Span::EVER } });
        all
    }

    /// Whose it was at an instant, where it is `present`'s now. The instant of a move is the new client's.
    pub fn client_at(&self, at: Timestamp, present: ClientId) -> ClientId {
        self.former.iter().find(|former| at < former.until).map_or(present, |former| former.client)
    }

    /// Who heard what was said at an instant: whose it was, or where nobody knew that, whose it turned out to be
    /// (decision 101).
    pub(crate) fn hearer_at(&self, at: Timestamp, present: ClientId) -> ClientId {
        let known = |former: &&FormerClient| at < former.until && !former.was_unknown;
        self.former.iter().find(known).map_or(present, |former| former.client)
    }

    /// Whether it ever belonged to `client` before.
    pub fn belonged_to(&self, client: ClientId) -> bool {
        self.former.iter().any(|former| former.client == client)
    }
}

/// Takes in what an event says of the client.
pub(crate) fn take(incident: &mut Incident, event: &Event) {
    match &event.fact {
        Fact::ClientIdentified { client, services } | Fact::MovedToClient { client, services, .. } => {
            let former = FormerClient {
                client: std::mem::replace(&mut incident.entry.client, *client),
                services: std::mem::replace(&mut incident.entry.services, services.clone()),
                until: event.at,
                was_unknown: matches!(event.fact, Fact::ClientIdentified { .. }),
            };
            incident.identity.former.push(former);
            // What another client said confirms nothing for this one.
            incident.confirmation = None;
            incident.confirmation_attempts = 0;
        }
        Fact::BreachConsidered => {
            incident.identity.breach_considered_at.get_or_insert(event.at);
        }
        _ => {}
    }
}

/// Whether the client stands in for one that nobody knows, by the house of an instant.
pub(crate) fn stands_in(client: ClientId, setup: &Setup, at: Timestamp) -> bool {
    setup.house_for(at).identification.unidentified_client == Some(client)
}

/// Whether nobody knows yet whose the incident is: it was logged for the stand-in of that time, and has come to no
/// client since. What stands in later changes nothing in that (ruling 15).
pub(crate) fn is_unidentified(incident: &Incident, setup: &Setup) -> bool {
    incident.identity.former.is_empty() && stands_in(incident.entry.client, setup, incident.logged.at)
}
