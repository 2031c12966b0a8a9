//! Return message: it may not go out as it is (§3.4).
//!
//! - Given a message that waits for approval,
//! - when the Incident Manager or a Supervisor, not its writer, says what is wrong with it,
//! - then it stays in the house, and the duty to tell the client stands.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::approve_message::{self, readable, waiting};
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{IncidentId, MessageId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReturnMessage {
    /// The incident.
    pub incident: IncidentId,
    /// The message.
    pub message: MessageId,
    /// What is wrong with it.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ReturnMessage,
    clause: "§3.4",
    label: "Return message",
    roles: approve_message::RULE.roles,
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    readable(&RULE, s, incident)
}

impl ReturnMessage {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        waiting(&RULE, s, incident, self.message)?;
        text(&RULE, "reason", &self.reason)?;
        let (message, reason) = (self.message, self.reason.clone());
        Ok(s.on_incident(incident.id, Fact::MessageReturned { message, reason }))
    }
}
