//! Assign: to one person for resolution (§6 Response Time; ruling 2). Assigned is not yet accepted.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::{PersonId, Role};

use crate::IncidentId;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Assign {
    /// The incident.
    pub incident: IncidentId,
    /// Who had it when this person looked.
    pub from: Option<PersonId>,
    /// Who gets it.
    pub to: PersonId,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::Assign,
    clause: "§3.1",
    label: "Assign",
    roles: &[Role::ServiceDesk, Role::Tier2, Role::Tier3, Role::IncidentManager, Role::Supervisor],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl Assign {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        s.colleague(&RULE, self.to, "to")?;
        let current = incident.assignment.as_ref().map(|assignment| assignment.to);
        if current == Some(self.to) {
            return Err(s.nothing_changes(&RULE, "who has it"));
        }
        if current.is_some() && current != self.from {
            return Err(s.changed_meanwhile(&RULE, "somebody else has it meanwhile".to_owned()).about("to"));
        }
        Ok(s.on_incident(incident.id, Fact::Assigned { to: self.to }))
    }
}
