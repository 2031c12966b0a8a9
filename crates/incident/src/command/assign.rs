//! Assign: to one person for resolution (§6 Response Time; ruling 2). Assigned is not yet accepted.
//!
//! - Given an open incident,
//! - when it is assigned to somebody who resolves incidents, works for its client, and works here now,
//! - then they have it; if somebody else was faster, it is refused and nothing is taken from anyone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::setup::Person;
use crate::{PersonId, Role};

use crate::IncidentId;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};

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

/// Whether that person can get it: somebody of this client who resolves incidents and does not have it already.
pub(crate) fn assignee(s: &Situation<'_>, incident: &Incident, to: PersonId) -> Result<(), Refusal> {
    handler(s.colleague(&RULE, incident, to, "to")?)?;
    if incident.assignment.as_ref().is_some_and(|assignment| assignment.to == to) {
        return Err(s.nothing_changes(&RULE, "this person has it already"));
    }
    Ok(())
}

/// Whoever gets it must be able to work on it: an assignment stops the response clock (§6).
fn handler(person: &Person) -> Result<(), Refusal> {
    if person.roles.iter().any(|role| HANDLERS.contains(role)) {
        return Ok(());
    }
    Err(Refusal::new(
        &RULE,
        RefusalCode::Invalid,
        format!("Assign: {} does not resolve incidents", person.name),
        "Choose somebody of the Service Desk, Tier 2, Tier 3 or an Incident Manager.",
    )
    .under("§3.2")
    .about("to"))
}

impl Assign {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        assignee(s, incident, self.to)?;
        let current = incident.assignment.as_ref().map(|assignment| assignment.to);
        if let Some(holder) = current.filter(|_| current != self.from) {
            let name = s.records.setup.person_name(holder);
            return Err(s.changed_meanwhile(&RULE, format!("{name} has it now")).about("to"));
        }
        Ok(s.on_incident(incident.id, Fact::Assigned { to: self.to }))
    }
}
