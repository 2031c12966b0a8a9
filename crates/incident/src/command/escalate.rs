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

/// Whether it can be escalated to that person along that path: a colleague, and one of management along the managerial.
pub(crate) fn escalated_to(
    s: &Situation<'_>,
    incident: &Incident,
    path: EscalationPath,
    to: PersonId,
) -> Result<(), Refusal> {
    let person = s.colleague(&RULE, incident, to, "to")?;
    if to == s.actor.person {
        let what = "Escalate: you cannot escalate to yourself";
        let instead = "Choose the next person on the path.";
        return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("to"));
    }
    let is_for_management = path == EscalationPath::Managerial;
    if is_for_management && !is_management(person, incident, &s.records.setup, s.now) {
        let what = format!("Escalate: {} does not belong to management", person.name);
        let instead = "Choose an Incident Manager, a Supervisor, or somebody the managerial path calls.";
        return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("to"));
    }
    Ok(())
}

impl Escalate {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        escalated_to(s, incident, self.path, self.to)?;
        text(&RULE, "reason", &self.reason)?;
        let (path, to, reason) = (self.path, self.to, self.reason.clone());
        Ok(s.on_incident(incident.id, Fact::Escalated { path, to, reason }))
    }
}
