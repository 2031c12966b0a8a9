//! Escalate by hand: the target cannot be met, or resources are needed (§3.5).
//!
//! - Given an open incident,
//! - when anyone escalates it to somebody else, along the technical path, or along the managerial one to somebody of
//!   management, with a reason,
//! - then that is on record; the managerial path answers a target that was not met.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::escalation::{EscalationPath, is_management};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::refusal::RefusalCode;
use crate::{PersonId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Escalate {
    /// The incident.
    pub incident: IncidentId,
    /// Which path.
    pub path: EscalationPath,
    /// To whom.
    pub to: PersonId,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::Escalate, clause: "§3.5", label: "Escalate", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl Escalate {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let to = s.colleague(&RULE, incident, self.to, "to")?;
        text(&RULE, "reason", &self.reason)?;
        if self.to == s.actor.person {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Invalid,
                "Escalate: you cannot escalate to yourself",
                "Choose the next person on the path.",
            )
            .about("to"));
        }
        let is_for_management = self.path == EscalationPath::Managerial;
        if is_for_management && !is_management(to, incident, &s.records.setup, s.now) {
            let what = format!("Escalate: {} does not belong to management", to.name);
            let instead = "Choose an Incident Manager, a Supervisor, or somebody the managerial path calls.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("to"));
        }
        let (path, to, reason) = (self.path, self.to, self.reason.clone());
        Ok(s.on_incident(incident.id, Fact::Escalated { path, to, reason }))
    }
}
