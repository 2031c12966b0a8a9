//! Record diagnosis: what the root cause is, as far as known (§3.1 Investigation & Diagnosis).
//!
//! - Given an open incident,
//! - when somebody who handles incidents writes the diagnosis,
//! - then the latest one stands on the record and every one stays on the timeline.

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
pub struct RecordDiagnosis {
    /// The incident.
    pub incident: IncidentId,
    /// The diagnosis.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::RecordDiagnosis, clause: "§3.1", label: "Record diagnosis", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl RecordDiagnosis {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        Ok(s.on_incident(incident.id, Fact::DiagnosisRecorded { text: self.text.clone() }))
    }
}
