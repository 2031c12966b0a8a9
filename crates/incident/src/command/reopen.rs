//! Reopen: service failed again, or the client disputes it (§3.1).
//!
//! - Given an incident that is restored or resolved, and not closed,
//! - when it is reopened with a reason,
//! - then it goes back to work under its original clock; the time in between is left out only if the client
//!   had confirmed (ruling 6). At Severity 1 the major incident process opens again, where it was stood down (§3.6;
//!   ruling 9).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Role;
use crate::command::set_severity::process_opened;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::Answer;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Reopen {
    /// The incident.
    pub incident: IncidentId,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::Reopen,
    clause: "§3.1",
    label: "Reopen",
    roles: &[Role::ServiceDesk, Role::Tier2, Role::Tier3, Role::IncidentManager, Role::AccountManager],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.restored.is_none() && incident.resolved.is_none() {
        return Err(s.too_early(&RULE, "it is being worked on", "Add what you know as a note."));
    }
    Ok(())
}

impl Reopen {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        let was_confirmed = incident.confirmation.as_ref().is_some_and(|c| c.answer == Answer::Confirmed);
        let reopened = Fact::Reopened { reason: self.reason.clone(), was_confirmed };
        let mut events = s.on_incident(incident.id, reopened);
        events.extend(process_opened(s, incident, incident.severity()));
        Ok(events)
    }
}
