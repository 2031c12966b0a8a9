//! Update internally: tiers, management and the account managers hear how it stands (§3.4 Internal
//! Communication).
//!
//! - Given an open incident,
//! - when somebody tells colleagues how it stands,
//! - then that is on record, apart from every word to the client; where the house has set a number, the next
//!   one is due so many minutes later.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Role;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::Colleagues;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UpdateInternally {
    /// The incident.
    pub incident: IncidentId,
    /// Whom.
    pub colleagues: Colleagues,
    /// How it stands.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::UpdateInternally,
    clause: "§3.4",
    label: "Internal update",
    roles: &[Role::ServiceDesk, Role::Tier2, Role::Tier3, Role::IncidentManager, Role::AccountManager],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl UpdateInternally {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        let fact = Fact::InternallyUpdated { to: self.colleagues, text: self.text.clone() };
        Ok(s.on_incident(incident.id, fact))
    }
}
