//! Which agreement an incident runs by, and which it ran by before (§3.3; ruling 15).
//!
//! It only keeps them; `clock` lets each answer for the time in which it was in force.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::Event;
use crate::log::{BoundAgreement, BoundCalendar, Incident, LogEntry};
use crate::setup::Setup;
use crate::{Agreement, PersonId, Timestamp};

/// The agreement and the calendars that clocks are bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Binding {
    /// The agreement; none means "no target".
    pub agreement: Option<BoundAgreement>,
    /// The calendars.
    pub calendars: Vec<BoundCalendar>,
}

/// A change of the agreement that an open incident runs by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rebinding {
    /// When. Before, the clocks answer to the agreement left behind.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Why.
    pub reason: String,
    /// What it ran by until then.
    pub from: Binding,
}

impl Setup {
    /// The agreement that an incident of this entry runs by when it is logged at `at`.
    pub(crate) fn bound_agreement(&self, entry: &LogEntry, at: Timestamp) -> Option<BoundAgreement> {
        let agreement = self.agreement_for(entry.client, &entry.services, at)?;
        Some(BoundAgreement { id: agreement.id, version: agreement.version })
    }
}

impl Incident {
    /// The same, run by the agreement that was in force when it was logged, where it has none of its own: one that
    /// was taken over from another desk was bound to nothing there.
    pub fn bound(mut self, setup: &Setup) -> Self {
        self.agreement = self.agreement.or_else(|| setup.bound_agreement(&self.entry, self.logged.at));
        self
    }

    /// The agreement that it ran by at an instant.
    pub(crate) fn agreement_at<'a>(&self, setup: &'a Setup, at: Timestamp) -> Option<&'a Agreement> {
        let left = self.rebindings.iter().find(|rebinding| at < rebinding.at);
        let bound = left.map_or(self.agreement, |rebinding| rebinding.from.agreement)?;
        setup.agreements.get(&(bound.id, bound.version))
    }

    /// When its targets became others: with another agreement, or another client under the same one; none where both
    /// are those it was logged with.
    pub(crate) fn promised_anew_at(&self) -> Option<Timestamp> {
        let bound = self.rebindings.iter().map(|rebinding| rebinding.at);
        let moved = self.identity.former.iter().map(|former| former.until);
        bound.chain(moved).max()
    }

    /// Runs by another agreement from an event on, and keeps what it ran by until then.
    pub(crate) fn rebind(&mut self, to: Binding, reason: &str, event: &Event) {
        let from = Binding {
            agreement: std::mem::replace(&mut self.agreement, to.agreement),
            calendars: std::mem::replace(&mut self.calendars, to.calendars),
        };
        self.rebindings.push(Rebinding { at: event.at, by: event.actor, reason: reason.to_owned(), from });
    }
}
