//! Where entries stand in the log whose value alone the record keeps: a verdict cites the entry itself.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::major_incident::MajorRole;
use crate::{PersonId, Timestamp};

/// An entry of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// How somebody came to work on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TakenUp {
    /// It was assigned to them.
    Assigned,
    /// They diagnosed it.
    Diagnosed,
    /// They resolved it.
    Resolved,
}

/// Somebody who worked on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Work {
    /// Who.
    pub who: PersonId,
    /// How they came to.
    pub how: TakenUp,
    /// The entry.
    pub mark: Mark,
}

/// The entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Trail {
    /// It was categorised, for the first time.
    pub categorised: Option<Mark>,
    /// Its urgency was set, for the first time.
    pub urgency_set: Option<Mark>,
    /// The latest resolution step.
    pub last_step: Option<Mark>,
    /// Somebody took the lead of the major incident, for the first time.
    pub led: Option<Mark>,
    /// Management was told how the major incident stands, for the first time.
    pub briefed: Option<Mark>,
    /// It was found to be one of several alike, for the first time.
    #[serde(default)]
    pub recurred: Option<Mark>,
    /// A review covers it, for the first time.
    pub reviewed: Option<Mark>,
    /// Everybody it was ever assigned to.
    #[serde(default)]
    pub held_by: BTreeSet<PersonId>,
    /// Everybody who ever led the major incident.
    #[serde(default)]
    pub led_by: BTreeSet<PersonId>,
    /// Everybody who worked on it, oldest first, whoever has it now and whatever was reopened since.
    #[serde(default)]
    pub work: Vec<Work>,
    /// Everybody who ever worked on it by a deed that something later may take the place of, took a post in the major
    /// incident, spoke on a lower severity, moved its clocks or had a say in words to its client.
    #[serde(default)]
    pub hands: BTreeSet<PersonId>,
}

impl Trail {
    /// Notes where an entry stands.
    pub(crate) fn take(&mut self, event: &Event) {
        let mark = Mark { at: event.at, by: event.actor };
        if is_hands_on(&event.fact) {
            self.hands.insert(mark.by);
        }
        match event.fact {
            Fact::Categorised { .. } => {
                self.categorised.get_or_insert(mark);
            }
            Fact::Assigned { to } => {
                self.held_by.insert(to);
                self.work.push(Work { who: to, how: TakenUp::Assigned, mark });
            }
            Fact::DiagnosisRecorded { .. } => {
                self.work.push(Work { who: mark.by, how: TakenUp::Diagnosed, mark });
            }
            Fact::Resolved { .. } => self.work.push(Work { who: mark.by, how: TakenUp::Resolved, mark }),
            Fact::UrgencyChanged { .. } => {
                self.urgency_set.get_or_insert(mark);
            }
            Fact::ResolutionStepRecorded { .. } => self.last_step = Some(mark),
            Fact::MajorRoleAccepted { role: MajorRole::IncidentManager } => {
                self.led_by.insert(event.actor);
                self.led.get_or_insert(mark);
            }
            Fact::ManagementBriefed { .. } => {
                self.briefed.get_or_insert(mark);
            }
            Fact::RecurrenceFound { .. } => {
                self.recurred.get_or_insert(mark);
            }
            Fact::ReviewAttached { .. } => {
                self.reviewed.get_or_insert(mark);
            }
            // Every other fact leaves its own stamp in the record.
            _ => {}
        }
    }
}

/// Whether a deed is a hand in the work whose author the record may not name for good.
const fn is_hands_on(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Assessed { .. }
            | Fact::DiagnosisRecorded { .. }
            | Fact::WorkaroundApplied { .. }
            | Fact::ResolutionStepRecorded { .. }
            | Fact::ServiceRestored { .. }
            | Fact::Resolved { .. }
            | Fact::RestorationConfirmed { .. }
            | Fact::Closed { .. }
            | Fact::MajorRoleAccepted { .. }
            | Fact::LoweringProposed { .. }
            | Fact::LoweringAgreed { .. }
            | Fact::LoweringDeclined { .. }
            | Fact::ClockPaused { .. }
            | Fact::ClockResumed { .. }
            | Fact::AgreementBound { .. }
            | Fact::EvidenceLinked { .. }
            | Fact::Reopened { .. }
            | Fact::MessageApproved { .. }
            | Fact::MessageReturned { .. }
            | Fact::DeliveryRecorded { .. }
    )
}
