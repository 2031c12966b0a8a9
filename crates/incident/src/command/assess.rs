//! Assess: the initial assessment (§6 Response Time; ruling 2).
//!
//! - Given an incident without one,
//! - when somebody who handles incidents records what it is and does,
//! - then, assigned to a person too, its response is given at the later of both.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Assess {
    /// The incident.
    pub incident: IncidentId,
    /// What it is and what it does, in a line or more.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::Assess, clause: "§6", label: "Record assessment", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.assessed.is_some() {
        return Err(s.too_late(
            &RULE,
            "it has its initial assessment already",
            "Add what changed as a note or a diagnosis.",
        ));
    }
    Ok(())
}

impl Assess {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        Ok(s.on_incident(incident.id, Fact::Assessed { text: self.text.clone() }))
    }
}
