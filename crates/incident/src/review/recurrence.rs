//! Recurrence (§3.7; ruling 9): like incidents of one client, counted as outages, and the review they share.
//!
//! One outage counts once, however many records tell of it: children count as their parent, and what was
//! cancelled, merged or rehearsed is no outage.

use std::collections::BTreeSet;

use crate::log::Incident;
use crate::oversight::{DAY, Oversight, RecurrenceRule};
use crate::records::{Alike, Likeness};
use crate::setup::Setup;
use crate::{IncidentId, Phase, Timestamp};

/// The outages like this one within the days, itself among them; empty where they are fewer than the rule asks for.
/// Alike are those of the same client and category that share a service. The days end with itself, or with a newer one
/// that was closed before anybody could say that it recurs.
pub fn recurring<'a>(
    at_hand: impl IntoIterator<Item = &'a Incident>,
    of: &Incident,
    rule: RecurrenceRule,
) -> BTreeSet<IncidentId> {
    if !counts(of) || of.category.is_none() {
        return BTreeSet::new();
    }
    let days = i64::from(rule.days) * DAY;
    let all: Vec<_> = at_hand.into_iter().filter(|other| counts(other) && is_alike(other, of)).collect();
    let outages = |end: Timestamp| {
        let earliest = end.plus_millis(-days);
        let within = |other: &&&Incident| earliest < other.logged.at && other.logged.at <= end;
        let mut found: BTreeSet<_> = all.iter().filter(within).map(|other| other.outage()).collect();
        found.insert(of.outage());
        found
    };
    let enough = |found: &BTreeSet<_>| found.len() >= rule.count as usize;
    ends(&all, of, days).into_iter().map(outages).find(enough).unwrap_or_default()
}

/// Where days that it lies in may end, earliest first. A newer one that is open says it itself.
fn ends(alike: &[&Incident], of: &Incident, days: i64) -> BTreeSet<Timestamp> {
    let logged_at = of.logged.at;
    let newer = || alike.iter().filter(move |other| logged_at < other.logged.at);
    let open = newer().filter(|other| other.is_open()).map(|other| other.logged.at).min();
    let unsaid = newer().filter(|other| !other.is_open() && other.review.recurs_with.is_empty());
    let reaches = |end: &Timestamp| end.plus_millis(-days) < logged_at;
    let is_newest_open = |end: &Timestamp| open.is_none_or(|open| *end < open);
    let later = unsaid.map(|other| other.logged.at).filter(|end| reaches(end) && is_newest_open(end));
    later.chain([logged_at]).collect()
}

/// Those at hand that tell of an outage which an incident was found to recur with, beside itself: what one review of
/// them all covers.
pub(crate) fn found_with<'a>(
    at_hand: impl IntoIterator<Item = &'a Incident>,
    of: &Incident,
) -> Vec<&'a Incident> {
    let is_one = |other: &Incident| of.review.recurs_with.contains(&other.outage());
    let all = at_hand.into_iter().filter(|other| other.id != of.id && is_one(other));
    all.filter(|other| counts(other) && is_alike(other, of)).collect()
}

/// Those that an incident may recur with, and those that may recur with it: to be loaded before anybody says whether it
/// does.
pub(crate) fn alike(incident: &Incident, setup: &Setup) -> Option<Alike> {
    let rule = Oversight::at(setup, incident.logged.at).reviews.recurrence?;
    let likeness = incident.likeness()?;
    let days = i64::from(rule.days) * DAY;
    let (from, until) = (likeness.at.plus_millis(-days), likeness.at.plus_millis(days));
    Some(Alike { key: likeness.key, from, until })
}

/// Whether two are of the same client and category and share a service.
fn is_alike(one: &Incident, other: &Incident) -> bool {
    one.entry.client == other.entry.client
        && one.category == other.category
        && one.entry.services.iter().any(|service| other.entry.services.contains(service))
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
