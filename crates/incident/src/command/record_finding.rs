//! Record a finding: a fact that was checked, or a hypothesis that is still to be (§3.6; §3.7 needs them apart).
//!
//! - Given a process that runs,
//! - when somebody writes down what was found, and which of both it is,
//! - then the timeline tells them apart.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::major_incident::Standing;
use crate::refusal::Refusal;
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordFinding {
    /// The incident.
    pub incident: IncidentId,
    /// How sure it is.
    pub standing: Standing,
    /// What was found.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::RecordFinding, clause: "§3.6", label: "Record finding", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.running_major(&RULE, incident).map(|_| ())
}

impl RecordFinding {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        let (standing, text) = (self.standing, self.text.clone());
        Ok(s.on_incident(incident.id, Fact::FindingRecorded { standing, text }))
    }
}
