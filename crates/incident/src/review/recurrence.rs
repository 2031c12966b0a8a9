//! Recurrence (§3.7; ruling 9): like incidents of one client, counted as outages, and the review they share.
//!
//! One outage counts once, however many records tell of it: children count as their parent, and what was
//! cancelled, merged or rehearsed is no outage.

use std::collections::BTreeSet;

use crate::log::Incident;
use crate::oversight::{DAY, RecurrenceRule};
use crate::records::Likeness;
use crate::{IncidentId, Phase};

/// The outages like this one in the days before it, itself among them; empty where they are fewer than the rule
/// asks for. Alike are those of the same client and category that share a service.
pub fn recurring<'a>(
    at_hand: impl IntoIterator<Item = &'a Incident>,
    of: &Incident,
    rule: RecurrenceRule,
) -> BTreeSet<IncidentId> {
    if !counts(of) || of.category.is_none() {
        return BTreeSet::new();
    }
    let earliest = of.logged.at.plus_millis(-(i64::from(rule.days) * DAY));
    let alike = |other: &Incident| {
        other.entry.client == of.entry.client
            && other.category == of.category
            && other.entry.services.iter().any(|service| of.entry.services.contains(service))
    };
    let within = |other: &Incident| earliest < other.logged.at && other.logged.at <= of.logged.at;
    let mut outages: BTreeSet<_> = at_hand
        .into_iter()
        .filter(|other| counts(other) && alike(other) && within(other))
        .map(Incident::outage)
        .collect();
    outages.insert(of.outage());
    if outages.len() < rule.count as usize { BTreeSet::new() } else { outages }
}

/// Whether it is an outage at all.
fn counts(incident: &Incident) -> bool {
    incident.counts() && !matches!(incident.phase, Phase::Cancelled { .. })
}

impl Incident {
    /// The outage that the record tells of: its parent's, where it is one of several.
    pub(crate) fn outage(&self) -> IncidentId {
        self.family.parent.unwrap_or(self.id)
    }

    /// Those that it may recur with: outages of the same client and category. None where it is no outage, or
    /// not categorised yet.
    pub(crate) fn likeness(&self) -> Option<Likeness> {
        let category = self.category.as_ref().filter(|_| counts(self))?;
        Some(Likeness { key: format!("{}/{}", self.entry.client, category.0), at: self.logged.at })
    }
}
