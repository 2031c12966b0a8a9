//! Accept assignment: the person it is assigned to takes it (§3.1 Investigation).
//!
//! - Given an incident that is assigned to me,
//! - when I accept it,
//! - then the record says that I took it. No clock moves: assigned was enough for the response (§6).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::refusal::RefusalCode;

use crate::IncidentId;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AcceptAssignment {
    /// The incident.
    pub incident: IncidentId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AcceptAssignment, clause: "§3.1", label: "Accept assignment", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    let Some(assignment) = &incident.assignment else {
        return Err(s.too_early(&RULE, "it is assigned to nobody", "Assign it first."));
    };
    if assignment.to != s.actor.person {
        return Err(Refusal::new(
            &RULE,
            RefusalCode::NotPermitted,
            "Accept assignment: somebody else has it",
            "Assign it to yourself first, if you take it over.",
        ));
    }
    if assignment.accepted_at.is_some() {
        return Err(s.nothing_changes(&RULE, "you have taken it already"));
    }
    Ok(())
}

impl AcceptAssignment {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        Ok(s.on_incident(incident.id, Fact::AssignmentAccepted))
    }
}
