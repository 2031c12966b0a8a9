//! Approve message: somebody else has read it before it is said (§3.4).
//!
//! - Given a message on a topic that the house lists,
//! - when the Incident Manager or a Supervisor, not its writer, approves it, before the time that it promises for the
//!   next update has passed,
//! - then it may go out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::Message;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, MessageId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ApproveMessage {
    /// The incident.
    pub incident: IncidentId,
    /// The message.
    pub message: MessageId,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ApproveMessage,
    clause: "§3.4",
    label: "Approve message",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    readable(&RULE, s, incident)?;
    let messages = incident.communication.messages.iter();
    let mut theirs = messages.filter(|message| message.waits_for_approval() && message.by != s.actor.person);
    if theirs.all(|message| is_outdated(s, message)) { Err(outdated(s)) } else { Ok(()) }
}

/// Whether the client would be promised a time that has passed.
fn is_outdated(s: &Situation<'_>, message: &Message) -> bool {
    message.draft.next_update_at.is_some_and(|next| next <= s.now)
}

fn outdated(s: &Situation<'_>) -> Refusal {
    let instead = "Return it, and have it written with a time ahead.";
    s.too_late(&RULE, "the time that it promises for the next update has passed", instead)
}

impl ApproveMessage {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if is_outdated(s, waiting(&RULE, s, incident, self.message)?) {
            return Err(outdated(s));
        }
        Ok(s.on_incident(incident.id, Fact::MessageApproved { message: self.message }))
    }
}

/// Whether some message waits for this person's reading.
pub(crate) fn readable(rule: &Rule, s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(rule, incident)?;
    let mut waiting = incident.communication.messages.iter().filter(|m| m.waits_for_approval()).peekable();
    if waiting.peek().is_none() {
        return Err(s.too_early(rule, "no message waits for approval", "There is nothing to read."));
    }
    if waiting.all(|message| message.by == s.actor.person) {
        return Err(own(rule));
    }
    Ok(())
}

/// The message, where it waits and somebody else wrote it.
pub(crate) fn waiting<'a>(
    rule: &Rule,
    s: &Situation<'_>,
    incident: &'a Incident,
    id: MessageId,
) -> Result<&'a Message, Refusal> {
    let message = s.message(rule, incident, id)?;
    if !message.waits_for_approval() {
        return Err(s.nothing_changes(rule, "this message does not wait for approval"));
    }
    if message.by == s.actor.person {
        return Err(own(rule));
    }
    Ok(message)
}

fn own(rule: &Rule) -> Refusal {
    Refusal::new(
        rule,
        RefusalCode::NotPermitted,
        format!("{}: nobody approves their own words", rule.label),
        format!("Ask {}.", Role::one_of(rule.roles)),
    )
}
