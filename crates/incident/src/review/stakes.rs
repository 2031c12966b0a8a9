//! What an incident that joins a review asks of it (§3.7; decision 219).
//!
//! An open review takes over the gravest severity, every trigger and the earlier date of what it covers. One that is
//! finished, or of which words were there before, takes in what it is told of, so that its actions are asked whether they
//! were enough; it covers only what recurs.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::need::Trigger;
use super::record::{Convening, Review, ReviewState};
use crate::log::Incident;
use crate::oversight::{Oversight, of_severity};
use crate::setup::Setup;
use crate::{Severity, Timestamp};

/// How grave a review is, and by when it is finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Stakes {
    /// The gravest severity among its incidents.
    pub severity: Severity,
    /// What made it due.
    pub because: Vec<Trigger>,
    /// By when it is finished; none where no number is set.
    pub finish_by: Option<Timestamp>,
}

impl Convening {
    /// Takes over what an incident that joined asks.
    pub(super) fn raise(&mut self, stakes: &Stakes) {
        self.severity = stakes.severity;
        self.because.clone_from(&stakes.because);
        self.finish_by = stakes.finish_by;
    }
}

impl Review {
    /// Whether it would cover an incident that joins it now: what is grave only with words that were all written since
    /// that was logged, and can still be.
    pub(crate) fn covers(&self, incident: &Incident) -> bool {
        let mut words = self.sections.iter().map(|section| section.said.at);
        let speaks_of_it = self.state == ReviewState::Open && words.all(|at| incident.logged.at <= at);
        speaks_of_it
            || incident.review_triggers().iter().all(|trigger| match trigger {
                Trigger::Severity | Trigger::Major => false,
                Trigger::Recurrence => true,
            })
    }

    /// What an incident that joins now asks of it; nothing where it is as grave already, or finished, or does not cover
    /// it.
    pub(crate) fn asked_by(&self, incident: &Incident, setup: &Setup, now: Timestamp) -> Option<Stakes> {
        if self.state != ReviewState::Open || !self.covers(incident) {
            return None;
        }
        let convening = &self.convening;
        let known: BTreeSet<Trigger> = convening.because.iter().copied().collect();
        let because: BTreeSet<Trigger> = known.iter().copied().chain(incident.review_triggers()).collect();
        let severity = convening.severity.min(incident.peak_severity());
        if severity == convening.severity && because == known {
            return None;
        }
        let rules = Oversight::at(setup, now).reviews;
        let within = of_severity(&rules.finish_within, severity);
        let asked = within.and_then(|within| within.due(setup, now, &[]));
        Some(Stakes {
            severity,
            because: because.into_iter().collect(),
            finish_by: convening.finish_by.into_iter().chain(asked).min(),
        })
    }
}
