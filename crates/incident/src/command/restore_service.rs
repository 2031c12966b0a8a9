//! Restore service: normal service is back (§6 Resolution Time, first half; ruling 3).
//!
//! - Given an open incident whose service is not back,
//! - when somebody records how it was seen to be back,
//! - then it is restored, and the client is to be asked to confirm it (§3.4).

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
pub struct RestoreService {
    /// The incident.
    pub incident: IncidentId,
    /// How it was seen that service is back.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::RestoreService, clause: "§3.1", label: "Record restoration", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.restored.is_some() {
        return Err(s.nothing_changes(&RULE, "normal service is back already"));
    }
    Ok(())
}

impl RestoreService {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        let mut events = s.on_incident(incident.id, Fact::ServiceRestored { text: self.text.clone() });
        // Restoring the outage is a reason to look at each incident below it, and restores none of them.
        let children = incident.family.children.keys().filter_map(|child| s.records.incidents.get(child));
        for child in children.filter(|child| child.is_open() && child.restored.is_none()) {
            events.extend(s.on_incident(child.id, Fact::ParentRestored { parent: incident.id }));
        }
        Ok(events)
    }
}
