//! Widespread impact (§3.6): when an outage is as wide as a major one, by the house's own numbers.
//!
//! It only proposes: people declare. Sites are counted as affected services, because the log entry names
//! those.

use std::collections::BTreeSet;

use crate::log::Incident;
use crate::records::Records;

/// Why the outage that this incident stands for is widespread; `None` where it is not, or where the house has
/// set no number. Counted are the incident itself and its children that are at hand.
pub fn widespread(records: &Records, incident: &Incident) -> Option<String> {
    let rules = &records.setup.house_at(incident.logged.at)?.major;
    let children = incident.family.children.keys().filter_map(|child| records.incidents.get(child));
    let struck: Vec<&Incident> = std::iter::once(incident).chain(children.map(AsRef::as_ref)).collect();
    let clients: BTreeSet<_> = struck.iter().map(|one| one.entry.client).collect();
    let services: BTreeSet<_> = struck.iter().flat_map(|one| one.entry.services.iter().copied()).collect();
    let reached = |count: usize, min: Option<u32>| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        min.filter(|min| count >= *min).map(|min| (count, min))
    };
    if let Some((count, min)) = reached(clients.len(), rules.clients_min) {
        return Some(format!("{count} clients are struck; from {min} on it is widespread (§3.6)"));
    }
    let (count, min) = reached(services.len(), rules.services_min)?;
    Some(format!("{count} services are struck; from {min} on it is widespread (§3.6)"))
}
