//! Open the bridge call: the one place where the people of a major incident talk (§3.6).
//!
//! - Given a process that runs and no call that is open,
//! - when somebody gives its number or link,
//! - then it is open, and who joins and leaves can be marked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::line;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenBridge {
    /// The incident.
    pub incident: IncidentId,
    /// Number or link, as one dials it.
    pub line: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::OpenBridge, clause: "§3.6", label: "Open bridge call", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    let major = s.running_major(&RULE, incident)?;
    match major.open_bridge() {
        None => Ok(()),
        Some(_) => Err(s.nothing_changes(&RULE, "a call is open already")),
    }
}

impl OpenBridge {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        line(&RULE, "line", &self.line)?;
        Ok(s.on_incident(incident.id, Fact::BridgeOpened { line: self.line.clone() }))
    }
}
