//! Who knew first (§3.1 Identification, §4.1): incidents that the client reported before the house knew of them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Period, Share};
use crate::identification::Signal;
use crate::log::Incident;
use crate::{IncidentId, Timestamp};

/// Every incident of the period, by who knew of it first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Detection {
    /// The client told the house.
    pub client_first: Vec<IncidentId>,
    /// Monitoring or staff had noticed it by then.
    pub house_first: Vec<IncidentId>,
}

impl Detection {
    /// Those that the client knew first, of all.
    pub fn client_knew_first(&self) -> Option<Share> {
        Share::of(self.client_first.len(), self.client_first.len() + self.house_first.len())
    }
}

/// Who knew first of what was logged in the period. `signals` are those that were accepted or merged.
pub fn detection<'a>(
    incidents: impl IntoIterator<Item = &'a Incident>,
    signals: impl IntoIterator<Item = &'a Signal> + Clone,
    period: Period,
) -> Detection {
    let mut all = Detection::default();
    let counted = incidents.into_iter().filter(|incident| incident.counts());
    for incident in counted.filter(|incident| period.contains(incident.logged.at)) {
        let of_it = signals.clone().into_iter().filter(|signal| signal.incident() == Some(incident.id));
        let list =
            if did_client_first(incident, of_it) { &mut all.client_first } else { &mut all.house_first };
        list.push(incident.id);
    }
    all
}

fn did_client_first<'a>(incident: &Incident, signals: impl Iterator<Item = &'a Signal>) -> bool {
    let entry = &incident.entry;
    let (mut client, mut house): (Option<Timestamp>, _) = (None, entry.detected_at);
    let reported = [(entry.source, entry.reported_at)];
    // What a monitor saw is known once it has reached the desk.
    let seen = signals.map(|signal| match signal.sighting.source.is_the_clients() {
        true => (signal.sighting.source, signal.sighting.reported_at),
        false => (signal.sighting.source, signal.identified_at),
    });
    for (source, at) in reported.into_iter().chain(seen) {
        let first = if source.is_the_clients() { &mut client } else { &mut house };
        *first = Some(first.map_or(at, |known| known.min(at)));
    }
    client.is_some_and(|client| house.is_none_or(|house| client < house))
}
