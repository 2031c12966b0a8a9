//! Record delivery: what became of a message (§3.4; ruling 10).
//!
//! - Given a message that may go out, of an incident that may have ended since,
//! - when the server or a person says that it arrived, was answered, failed or came back,
//! - then the client counts as told, or does not. A message that came back after all is not told. In a drill
//!   nothing is sent: a person says how it would have ended.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::{TEXT_MAX, within};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::rules::tells;
use crate::communication::{Message, Outcome};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, MessageId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordDelivery {
    /// The incident.
    pub incident: IncidentId,
    /// The message.
    pub message: MessageId,
    /// What became of it.
    pub outcome: Outcome,
    /// What was said, or how it failed; may be empty.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RecordDelivery,
    clause: "§3.4",
    label: "Record delivery",
    roles: &[Role::ServiceDesk, Role::IncidentManager, Role::AccountManager, Role::Server],
};

/// Whether the state of the incident allows it. What becomes of a message does not end with the incident: a mail
/// that comes back after closing told nobody, and the record says so.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    if !incident.communication.messages.iter().any(Message::may_have_news) {
        s.open(&RULE, incident)?;
        let why = "no message is out whose end is unknown";
        return Err(s.too_early(&RULE, why, "Write to the client first."));
    }
    Ok(())
}

impl RecordDelivery {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if incident.is_drill() && s.actor.roles.contains(&Role::Server) {
            let what = "Record delivery: nothing of a drill is sent, so that nothing of it arrives";
            let instead = "A person says how it would have ended.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("incident"));
        }
        let message = s.message(&RULE, incident, self.message)?;
        if !message.may_go_out() {
            let why = "this message was not approved";
            return Err(s.too_early(&RULE, why, "Have it approved before it goes out.").about("message"));
        }
        if !message.may_have_news() {
            return Err(s.too_late(&RULE, "the call was answered", "Write another message."));
        }
        if message.delivery.as_ref().is_some_and(|known| known.outcome == self.outcome) {
            return Err(s.nothing_changes(&RULE, "that is on record already"));
        }
        if !self.outcome.fits(message.draft.channel) {
            let channel = message.draft.channel.name();
            let what = format!("Record delivery: a message by {channel} is never {}", self.outcome.name());
            let instead = "Choose how this message ended.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("outcome"));
        }
        within(&RULE, "text", &self.text, TEXT_MAX)?;
        let is_told = tells(self.outcome, s.agreement(incident));
        let (message, outcome, text) = (self.message, self.outcome, self.text.clone());
        Ok(s.on_incident(incident.id, Fact::DeliveryRecorded { message, outcome, is_told, text }))
    }
}
