//! One outage, one violation (§4.3): failures grouped by whose they are and by their cause.

use std::collections::{BTreeMap, BTreeSet};

use super::record::Violation;
use crate::oversight::{DAY, EnforcementRules};
use crate::{IncidentId, PersonId, Timestamp};

/// A clause that one record shows to have failed, and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Who answers for it.
    pub person: PersonId,
    /// The clause.
    pub clause: String,
    /// The record.
    pub incident: IncidentId,
    /// The outage that the record tells of; the record itself where it stands alone.
    pub outage: IncidentId,
}

/// The failures of each person by clause and outage: each group is one proposal.
pub fn grouped(
    failures: impl IntoIterator<Item = Failure>,
) -> BTreeMap<(PersonId, String, IncidentId), BTreeSet<IncidentId>> {
    let mut groups: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for failure in failures {
        let key = (failure.person, failure.clause, failure.outage);
        groups.entry(key).or_default().insert(failure.incident);
    }
    groups
}

/// Whether this violation is repeated: with it, enough outages are confirmed within the days that are set.
/// `None` where no number is set. Records that turned out to tell of one outage since they were named are one.
pub fn repeated<'a>(
    this: &'a Violation,
    others: impl IntoIterator<Item = &'a Violation>,
    outage_of: impl Fn(IncidentId) -> IncidentId,
    rules: &EnforcementRules,
    now: Timestamp,
) -> Option<bool> {
    let (count, days) = (rules.repeated_count?, rules.repeated_days?);
    let earliest = now.plus_millis(-(i64::from(days) * DAY));
    let confirmed = others.into_iter().filter(|other| {
        other.proposal.person == this.proposal.person
            && other.confirmed_at().is_some_and(|at| earliest < at && at <= now)
    });
    let all = confirmed.chain([this]).map(|violation| outage_of(violation.proposal.outage));
    let outages: BTreeSet<_> = all.collect();
    Some(outages.len() >= count as usize)
}
