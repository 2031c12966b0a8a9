//! Confirm restoration with the client, at every severity (§3.4; ruling 10).
//!
//! - Given service that is back,
//! - when the client was asked, and confirmed, disputed or did not answer,
//! - then that is on record. Silence is an attempt: it confirms nothing and takes back no answer (ruling 13).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Role;
use crate::command::situation::{line, text};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::{Answer, Channel};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmRestoration {
    /// The incident.
    pub incident: IncidentId,
    /// How the client was asked.
    pub channel: Channel,
    /// Whom.
    pub contact: String,
    /// What came back.
    pub answer: Answer,
    /// What was said; how the attempt ended.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ConfirmRestoration,
    clause: "§3.4",
    label: "Confirm with client",
    roles: &[Role::ServiceDesk, Role::IncidentManager, Role::AccountManager],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.restored.is_none() {
        return Err(s.too_early(&RULE, "normal service is not back", "Record restoration first."));
    }
    Ok(())
}

impl ConfirmRestoration {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        line(&RULE, "contact", &self.contact)?;
        text(&RULE, "text", &self.text)?;
        Ok(s.on_incident(
            incident.id,
            Fact::RestorationConfirmed {
                channel: self.channel,
                contact: self.contact.clone(),
                answer: self.answer,
                text: self.text.clone(),
            },
        ))
    }
}
