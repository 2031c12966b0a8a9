//! Accept a role of a major incident: a hand-over counts from here (§3.6).
//!
//! - Given a role that I am asked to take,
//! - when I accept it,
//! - then I hold it, and whoever held it does not any more.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::major_incident::MajorRole;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AcceptMajorRole {
    /// The incident.
    pub incident: IncidentId,
    /// Which.
    pub role: MajorRole,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AcceptMajorRole, clause: "§3.6", label: "Accept role", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    let major = s.running_major(&RULE, incident)?;
    if major.posts.handovers.iter().any(|asked| asked.to == s.actor.person) {
        return Ok(());
    }
    Err(s.too_early(&RULE, "you are not asked to take a role", "Let whoever leads it assign one to you."))
}

impl AcceptMajorRole {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let role = self.role;
        let major = s.running_major(&RULE, incident)?;
        if major.posts.handover(role, s.actor.person).is_none() {
            let what = format!("Accept role: you are not asked to be {}", role.name());
            let instead = "Accept the role that you are asked to take.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("role"));
        }
        Ok(s.on_incident(incident.id, Fact::MajorRoleAccepted { role }))
    }
}
