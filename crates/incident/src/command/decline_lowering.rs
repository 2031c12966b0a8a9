//! Decline lowering: the severity stays (§3.3; ruling 5).
//!
//! - Given a lower severity that somebody proposed,
//! - when somebody who answers for incidents declines with a reason,
//! - then nothing changes, and why is on record.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::agree_lowering::proposed;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::severity::lowering::JUDGES;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DeclineLowering {
    /// The incident.
    pub incident: IncidentId,
    /// Why it stays as severe as it is.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::DeclineLowering, clause: "§3.3", label: "Decline lower severity", roles: JUDGES };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    proposed(s, &RULE, incident).map(|_| ())
}

impl DeclineLowering {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        Ok(s.on_incident(incident.id, Fact::LoweringDeclined { reason: self.reason.clone() }))
    }
}
