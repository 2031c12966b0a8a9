//! Propose as a major incident: the impact is significant and widespread, though it is not Severity 1 (§3.6).
//!
//! - Given an open incident that is no major one,
//! - when anyone says why it is as wide as one,
//! - then the Incident Manager owes a decision. The house's own numbers propose it too, when an incident is logged
//!   or linked.

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
pub struct ProposeMajor {
    /// The incident.
    pub incident: IncidentId,
    /// Why it is as wide.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ProposeMajor, clause: "§3.6", label: "Propose as major", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.is_major_running() {
        return Err(s.nothing_changes(&RULE, "it is a major incident already"));
    }
    if incident.open_proposal().is_some() {
        return Err(s.nothing_changes(&RULE, "it is proposed already"));
    }
    Ok(())
}

impl ProposeMajor {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        Ok(s.on_incident(incident.id, Fact::MajorIncidentProposed { because: self.reason.clone() }))
    }
}
