//! Call the roll: who answers is on the bridge call, who does not has left (§3.6).
//!
//! - Given a call that is open,
//! - when somebody calls the roll and marks who answered,
//! - then the record of attendance follows what was heard.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{IncidentId, PersonId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CallRoll {
    /// The incident.
    pub incident: IncidentId,
    /// Who answered.
    pub attendees: Vec<PersonId>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::CallRoll, clause: "§3.6", label: "Call the roll", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    let major = s.running_major(&RULE, incident)?;
    match major.open_bridge() {
        Some(_) => Ok(()),
        None => Err(s.too_early(&RULE, "no call is open", "Open the bridge call first.")),
    }
}

impl CallRoll {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        s.colleagues(&RULE, incident, self.attendees.iter().copied(), "attendees")?;
        Ok(s.on_incident(incident.id, Fact::RollCalled { attendees: self.attendees.clone() }))
    }
}
