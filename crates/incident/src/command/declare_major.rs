//! Declare a major incident: the process opens for what is no Severity 1, or again after a stand-down (§3.6).
//!
//! - Given an open incident whose process does not run,
//! - when the Incident Manager says why,
//! - then it runs, and somebody is owed to lead it. Severity 1 opens it by itself (ruling 9).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeclareMajor {
    /// The incident.
    pub incident: IncidentId,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::DeclareMajor,
    clause: "§3.6",
    label: "Declare major incident",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.is_major_running() {
        return Err(s.nothing_changes(&RULE, "it is a major incident already"));
    }
    Ok(())
}

impl DeclareMajor {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        Ok(s.on_incident(incident.id, Fact::MajorIncidentDeclared { because: self.reason.clone() }))
    }
}
