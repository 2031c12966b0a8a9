//! Apply workaround: impact reduced, cause not repaired (§6 Workaround).
//!
//! - Given an incident that is assessed and assigned, and service that is not back,
//! - when a workaround is put in place,
//! - then the incident is resolving; no clock stops (ruling 3).

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
pub struct ApplyWorkaround {
    /// The incident.
    pub incident: IncidentId,
    /// What was put in place.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ApplyWorkaround, clause: "§3.1", label: "Apply workaround", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    s.response_given(&RULE, incident)?;
    if incident.restored.is_some() {
        return Err(s.too_late(
            &RULE,
            "normal service is back already",
            "Reopen it if service failed again.",
        ));
    }
    Ok(())
}

impl ApplyWorkaround {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        Ok(s.on_incident(incident.id, Fact::WorkaroundApplied { text: self.text.clone() }))
    }
}
