//! Record client reply: what the client wrote by themselves (§3.4).
//!
//! - Given an open incident,
//! - when a person at the client's writes, or a machine answers for them,
//! - then it is on record. A person's reply ends a wait for the client in the instant it came in; after
//!   restoration it may be the confirmation, and a person judges that: "thanks" neither closes nor reopens.
//!   An automatic reply has no effect at all.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Role;
use crate::agreement::PauseReason;
use crate::command::situation::{LINE_MAX, TEXT_MAX, within};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::{Channel, ReplyKind};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordClientReply {
    /// The incident.
    pub incident: IncidentId,
    /// Whether a person wrote it.
    pub kind: ReplyKind,
    /// How it came.
    pub channel: Channel,
    /// From whom.
    pub contact: String,
    /// What it says; as it came, so it may be empty.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RecordClientReply,
    clause: "§3.4",
    label: "Record client's reply",
    roles: &[
        Role::ServiceDesk,
        Role::Tier2,
        Role::Tier3,
        Role::IncidentManager,
        Role::AccountManager,
        Role::Server,
    ],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl RecordClientReply {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        within(&RULE, "contact", &self.contact, LINE_MAX)?;
        within(&RULE, "text", &self.text, TEXT_MAX)?;
        let mut events = s.on_incident(
            incident.id,
            Fact::ClientReplied {
                reply: self.kind,
                channel: self.channel,
                contact: self.contact.clone(),
                text: self.text.clone(),
            },
        );
        let waits = incident.open_pause().is_some_and(|pause| pause.reason == PauseReason::AwaitingClient);
        if waits && self.kind == ReplyKind::Human {
            let text = "The client has answered".to_owned();
            events.extend(s.on_incident(incident.id, Fact::ClockResumed { text }));
        }
        Ok(events)
    }
}
