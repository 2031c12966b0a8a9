//! What is said in the room of a major incident (§3.6): reports, facts, hypotheses, decisions, and the word
//! to management. The texts of facts and hypotheses stand in the timeline; the record counts them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::MajorIncident;
use crate::event::{Event, Fact};
use crate::log::Statement;
use crate::{PersonId, Timestamp};

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Seen and checked.
    Fact,
    /// Thought, and still to be checked.
    Hypothesis,
}

/// What came of asking for strong objections before a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Poll {
    /// Nobody was asked.
    NotPolled,
    /// Everybody was asked and nobody objected.
    NoObjection,
    /// Somebody objected, and it was decided all the same.
    Objected,
}

/// Conditions, actions and needs, as a technical lead reports them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConditionReport {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// How it stands.
    pub conditions: String,
    /// What is being done.
    pub actions: String,
    /// What is missing; empty where nothing is.
    pub needs: String,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Decision {
    /// What was decided, by whom, when.
    pub said: Statement,
    /// What came of asking for objections.
    pub poll: Poll,
    /// The objection, where there was one.
    pub objection: Option<String>,
}

/// The latest word to management, and when the next one was promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Briefing {
    /// What was said, by whom, when.
    pub said: Statement,
    /// When the next word was promised.
    pub next_at: Timestamp,
}

pub(super) fn take(major: &mut MajorIncident, event: &Event) {
    match &event.fact {
        Fact::ConditionsReported { conditions, actions, needs } => {
            major.reports = major.reports.saturating_add(1);
            major.report = Some(ConditionReport {
                at: event.at,
                by: event.actor,
                conditions: conditions.clone(),
                actions: actions.clone(),
                needs: needs.clone(),
            });
        }
        Fact::FindingRecorded { standing: Standing::Fact, .. } => {
            major.facts = major.facts.saturating_add(1);
        }
        Fact::FindingRecorded { standing: Standing::Hypothesis, .. } => {
            major.hypotheses = major.hypotheses.saturating_add(1);
        }
        Fact::DecisionRecorded { text, poll, objection } => major.decisions.push(Decision {
            said: super::said(event, text),
            poll: *poll,
            objection: objection.clone(),
        }),
        Fact::ManagementBriefed { what, next_at, .. } => {
            major.briefings = major.briefings.saturating_add(1);
            major.briefing = Some(Briefing { said: super::said(event, what), next_at: *next_at });
        }
        _ => {}
    }
}
