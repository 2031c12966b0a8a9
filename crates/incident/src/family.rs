//! Incidents of one outage: a parent and its children over clients (ruling 11), duplicates of one client that
//! were merged, and incidents that came again (ruling 6).
//!
//! A child keeps its client, agreement, clocks, messages and confirmation. A parent proposes and never ends
//! it. Records hold each other's ids and nothing else, so that no client's words stand in another's record.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact, Subject};
use crate::log::Incident;
use crate::records::Records;
use crate::setup::Setup;
use crate::timeline::{Line, LineKind};
use crate::{IncidentId, MINUTE, PersonId, Phase, Timestamp};

/// Where a duplicate went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Merged {
    /// The incident that goes on for both.
    pub into: IncidentId,
    /// When.
    pub merged_at: Timestamp,
    /// Who said so.
    pub by: PersonId,
}

/// Incidents that belong to this one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Family {
    /// The incident that stands for the outage.
    pub parent: Option<IncidentId>,
    /// Incidents of the same outage, and since when.
    pub children: BTreeMap<IncidentId, Timestamp>,
    /// When the parent was restored: a reason to look, no restoration.
    pub proposed_at: Option<Timestamp>,
    /// Where it went as a duplicate.
    pub merged: Option<Merged>,
    /// Duplicates that it goes on for.
    pub duplicates: BTreeSet<IncidentId>,
}

impl Incident {
    /// The records that a decision on this one looks at beside it.
    pub(crate) fn kin(&self) -> Vec<Subject> {
        let family = &self.family;
        let ids = family.children.keys().chain(&family.parent).chain(&family.duplicates);
        let incidents = ids.copied().chain(family.merged.map(|merged| merged.into)).map(Subject::Incident);
        let exceptions = self.exceptions.iter().map(|granted| Subject::Exception(granted.id));
        incidents.chain(self.review.review.map(Subject::Review)).chain(exceptions).collect()
    }

    /// Whether it is a rehearsal: it follows every rule, touches no measure, and sends nothing outside.
    pub const fn is_drill(&self) -> bool {
        self.entry.drill
    }

    /// Whether measures and the register count it: no rehearsal, and no duplicate of another.
    pub const fn counts(&self) -> bool {
        !self.is_drill() && self.family.merged.is_none()
    }

    /// The last instant at which a merge can be taken back; `None` where it was not merged or where the house
    /// has set no time for it.
    pub fn merge_ends(&self, setup: &Setup) -> Option<Timestamp> {
        let merged = self.family.merged?;
        let minutes = setup.house_at(merged.merged_at)?.merge_undo_within_minutes?;
        Some(merged.merged_at.plus_millis(i64::from(minutes) * MINUTE))
    }
}

impl Records {
    /// The outage that a record tells of now: that of what it was merged into, or of its parent, as far as these are at
    /// hand.
    pub(crate) fn outage_of(&self, incident: IncidentId) -> IncidentId {
        let stands_for_it = |id: &IncidentId| {
            let family = &self.incidents.get(id)?.family;
            family.merged.map(|merged| merged.into).or(family.parent)
        };
        std::iter::successors(Some(incident), stands_for_it).last().unwrap_or(incident)
    }
}

/// Folds what a family knows of an event.
pub(crate) fn take(incident: &mut Incident, event: &Event) {
    let family = &mut incident.family;
    match &event.fact {
        Fact::ChildLinked { child } => {
            family.children.insert(*child, event.at);
        }
        Fact::ChildUnlinked { child, .. } => {
            family.children.remove(child);
        }
        Fact::ParentLinked { parent } => family.parent = Some(*parent),
        Fact::ParentUnlinked { .. } => {
            family.parent = None;
            family.proposed_at = None;
        }
        Fact::ParentRestored { .. } => family.proposed_at = Some(event.at),
        Fact::IncidentMerged { into, .. } => {
            family.merged = Some(Merged { into: *into, merged_at: event.at, by: event.actor });
            let reason = "Duplicate of another incident".to_owned();
            incident.phase = Phase::Cancelled { at: event.at, by: event.actor, reason };
        }
        Fact::MergeUndone { .. } => {
            family.merged = None;
            incident.phase = Phase::Logged;
        }
        Fact::DuplicateJoined { duplicate, .. } => {
            family.duplicates.insert(*duplicate);
        }
        Fact::DuplicateParted { duplicate, .. } => {
            family.duplicates.remove(duplicate);
        }
        _ => {}
    }
}

/// How the events of a family read in the timeline. No line names another client.
pub(crate) fn line(fact: &Fact) -> Line {
    let state = |title: &str, text: &str| Line::of(LineKind::State, title, text);
    match fact {
        Fact::ChildLinked { .. } => state("An incident of the same outage was linked", ""),
        Fact::ChildUnlinked { reason, .. } => state("A linked incident was parted", reason),
        Fact::ParentLinked { .. } => state("Linked to the incident that stands for the outage", ""),
        Fact::ParentUnlinked { reason, .. } => state("Parted from the incident of the outage", reason),
        Fact::ParentRestored { .. } => {
            state("The incident of the outage is restored: service back here?", "")
        }
        Fact::IncidentMerged { reason, .. } => state("Merged into another incident", reason),
        Fact::MergeUndone { reason } => state("The merge was taken back", reason),
        Fact::DuplicateJoined { summary, .. } => state("A duplicate was merged into this", summary),
        Fact::DuplicateParted { reason, .. } => state("A duplicate was parted again", reason),
        // Every other fact has its line elsewhere.
        _ => state("Family", ""),
    }
}
