//! Record resolution step: every step of the resolution is documented (§3.1 Resolution & Recovery).
//!
//! - Given an incident that is assessed and assigned,
//! - when somebody writes what was done and what came of it,
//! - then it is resolving, and it may be resolved.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordResolutionStep {
    /// The incident.
    pub incident: IncidentId,
    /// What was done, and what came of it.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RecordResolutionStep,
    clause: "§3.1",
    label: "Record resolution step",
    roles: HANDLERS,
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    s.response_given(&RULE, incident)
}

impl RecordResolutionStep {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        Ok(s.on_incident(incident.id, Fact::ResolutionStepRecorded { text: self.text.clone() }))
    }
}
