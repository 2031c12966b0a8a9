//! Consider breach: the boundary of §2 between an incident and a data breach was looked at.
//!
//! - Given an open incident,
//! - when somebody states that it was considered whether data may have been reached,
//! - then that statement is on record, and nothing else: where there is a suspicion, it stands on a record of
//!   its own that only its members see, and this one reads the same either way.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConsiderBreach {
    /// The incident.
    pub incident: IncidentId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ConsiderBreach, clause: "§2", label: "Data breach considered", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.identity.breach_considered_at.is_some() {
        return Err(s.nothing_changes(&RULE, "this was stated already"));
    }
    Ok(())
}

impl ConsiderBreach {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        Ok(s.on_incident(incident.id, Fact::BreachConsidered))
    }
}
