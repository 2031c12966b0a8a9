//! Close the bridge call (§3.6).
//!
//! - Given a call that is open,
//! - when somebody closes it with a word on how it ended,
//! - then everybody has left it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CloseBridge {
    /// The incident.
    pub incident: IncidentId,
    /// How it ended.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::CloseBridge, clause: "§3.6", label: "Close bridge call", roles: &[Role::Personnel] };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    let major = s.running_major(&RULE, incident)?;
    match major.open_bridge() {
        Some(_) => Ok(()),
        None => Err(s.too_early(&RULE, "no call is open", "Open the bridge call first.")),
    }
}

impl CloseBridge {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        Ok(s.on_incident(incident.id, Fact::BridgeClosed { text: self.text.clone() }))
    }
}
