//! Decline a major incident: what was proposed is not as wide as one (§3.6).
//!
//! - Given an open proposal,
//! - when the Incident Manager says why it is none,
//! - then the proposal is answered, and both stay on record. Severity 1 cannot be declined.

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
pub struct DeclineMajor {
    /// The incident.
    pub incident: IncidentId,
    /// Why it is none.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::DeclineMajor,
    clause: "§3.6",
    label: "Decline major incident",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.open_proposal().is_none() {
        return Err(s.too_early(&RULE, "nobody has proposed it", "There is nothing to answer."));
    }
    Ok(())
}

impl DeclineMajor {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        Ok(s.on_incident(incident.id, Fact::MajorIncidentDeclined { reason: self.reason.clone() }))
    }
}
