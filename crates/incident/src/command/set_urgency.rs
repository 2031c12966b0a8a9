//! Set urgency: how soon it needs resolving (§6).
//!
//! - Given an open incident, and the urgency this person saw,
//! - when somebody who handles incidents sets another,
//! - then priority follows from it and severity; severity does not change (ruling 1).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Urgency;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};

use crate::IncidentId;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetUrgency {
    /// The incident.
    pub incident: IncidentId,
    /// The urgency this person saw.
    pub from: Option<Urgency>,
    /// The urgency to set.
    pub urgency: Urgency,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::SetUrgency, clause: "§6", label: "Set urgency", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl SetUrgency {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if incident.urgency != self.from {
            let now = incident.urgency.map_or("not set", Urgency::name).to_lowercase();
            return Err(s.changed_meanwhile(&RULE, format!("the urgency is {now} now")));
        }
        if incident.urgency == Some(self.urgency) {
            return Err(s.nothing_changes(&RULE, "it has this urgency already"));
        }
        Ok(s.on_incident(
            incident.id,
            Fact::UrgencyChanged { urgency: self.urgency, matrix: s.matrix_version() },
        ))
    }
}
