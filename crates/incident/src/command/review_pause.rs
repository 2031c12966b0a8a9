//! Review pause: somebody has looked, and it still waits (§3.3; ruling 4).
//!
//! - Given an incident that waits,
//! - when somebody says why it still does, and what was asked again,
//! - then the next review counts from here. It buys no waiting: the agreement's cap stays as it is.

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
pub struct ReviewPause {
    /// The incident.
    pub incident: IncidentId,
    /// Why it still waits.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ReviewPause, clause: "§3.3", label: "Review pause", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.open_pause().is_none() {
        return Err(s.too_early(&RULE, "it waits for nothing", "There is nothing to do."));
    }
    Ok(())
}

impl ReviewPause {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        Ok(s.on_incident(incident.id, Fact::PauseReviewed { text: self.text.clone() }))
    }
}
