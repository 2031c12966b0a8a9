//! Tell client: one message to one client about one incident (§3.4; ruling 10).
//!
//! - Given an open incident,
//! - when somebody writes a notice, an update, a confirmation or a correction in words of their own,
//! - then it is on its way, or waits for approval where the house lists its topic. A call that was made already
//!   carries its outcome. Every first notice and update of Severity 1 and 2 promises the next one, and the
//!   promise becomes a deadline.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::{line, text};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::communication::rules::tells;
use crate::communication::{Approval, Channel, Draft, MessageKind, Outcome, Template, Topic};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, MessageId, Role, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TellClient {
    /// The incident.
    pub incident: IncidentId,
    /// The message, named by the desk that writes it.
    pub message: MessageId,
    /// What it is for.
    pub kind: MessageKind,
    /// How it goes out.
    pub channel: Channel,
    /// To whom at the client's.
    pub contact: String,
    /// The writer's own words.
    pub text: String,
    /// The name of a template that goes along.
    pub template: Option<String>,
    /// When the client hears next.
    pub next_update_at: Option<Timestamp>,
    /// The delicate topics it touches.
    #[serde(default)]
    pub topics: BTreeSet<Topic>,
    /// The message that it corrects.
    pub correction_of: Option<MessageId>,
    /// How the call ended, where it has been made.
    pub outcome: Option<Outcome>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::TellClient,
    clause: "§3.4",
    label: "Tell client",
    roles: &[Role::ServiceDesk, Role::IncidentManager, Role::AccountManager],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl TellClient {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if incident.communication.message(self.message).is_some() {
            let what = "Tell client: this message is on record already";
            let instead = "Open the incident's messages.";
            return Err(Refusal::new(&RULE, RefusalCode::AlreadyExists, what, instead));
        }
        line(&RULE, "contact", &self.contact)?;
        text(&RULE, "text", &self.text)?;
        let template = self.template(s)?;
        self.own_words(s, incident)?;
        self.no_other_client(s, incident)?;
        self.in_turn(s, incident)?;
        self.promise(s, incident)?;
        let approval = if s.house().communication.asks_approval(&self.topics) {
            Approval::Waiting
        } else {
            Approval::NotNeeded
        };
        let delivery = self.call(s, incident, &approval)?;
        let mut facts = vec![Fact::MessageWritten { draft: self.draft(template), approval }];
        facts.extend(delivery);
        Ok(facts.into_iter().map(|fact| s.event(Subject::Incident(incident.id), fact)).collect())
    }

    fn draft(&self, template: Option<Template>) -> Draft {
        Draft {
            message: self.message,
            kind: self.kind,
            channel: self.channel,
            contact: self.contact.clone(),
            text: self.text.clone(),
            template,
            next_update_at: self.next_update_at,
            topics: self.topics.clone(),
            correction_of: self.correction_of,
        }
    }

    fn template(&self, s: &Situation<'_>) -> Result<Option<Template>, Refusal> {
        let Some(name) = &self.template else { return Ok(None) };
        let found = s.house().communication.template(name).cloned();
        let unknown = || {
            let what = "Tell client: this template is not set up";
            let instead = "Choose one from the list, or write without one.";
            Refusal::new(&RULE, RefusalCode::Unknown, what, instead).about("template")
        };
        found.map(Some).ok_or_else(unknown)
    }

    /// Somebody has to have said something: not a template's words, whichever is named to go along, nor the ones
    /// that this client was sent last.
    fn own_words(&self, s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
        let said = plain(&self.text);
        let templates = &s.house().communication.templates;
        if templates.iter().any(|template| plain(&template.text).contains(&said)) {
            let what = "Tell client: these are a template's words alone";
            let instead = "Say in words of your own how it stands.";
            return Err(Refusal::new(&RULE, RefusalCode::Missing, what, instead).about("text"));
        }
        let last = incident.communication.to(incident.entry.client).last();
        if last.is_some_and(|last| last.may_go_out() && plain(&last.draft.text) == said) {
            let what = "Tell client: these are the words of the message before";
            let instead = "Say what is new, or that nothing is and what is being done.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("text"));
        }
        Ok(())
    }

    /// No client reads another one's name, however it is written (ruling 11).
    fn no_other_client(&self, s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
        let (said, clients) = (words(&self.text), &s.records.setup.clients);
        let own = clients.get(&incident.entry.client).map_or_else(Vec::new, |client| words(&client.name));
        // Nord is not named where Nord Bank is called by its own name.
        let is_own = |from: usize, to: usize| {
            places(&said, &own).any(|begin| begin <= from && to <= begin + own.len())
        };
        let names = |name: &str| {
            let name = words(name);
            places(&said, &name).any(|from| !is_own(from, from + name.len()))
        };
        let others = clients.values().filter(|client| client.id != incident.entry.client);
        if others.into_iter().any(|client| names(&client.name)) {
            let what = "Tell client: the text names another client";
            let instead = "Leave the other client out; each one is told of its own service alone.";
            return Err(Refusal::new(&RULE, RefusalCode::OtherClient, what, instead).about("text"));
        }
        Ok(())
    }

    /// Each kind of message has its turn in the lifecycle.
    fn in_turn(&self, s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
        let mut written = incident.communication.to(incident.entry.client);
        match self.kind {
            MessageKind::FirstNotice => {
                if written.any(|message| message.told_at().is_some() && message.draft.kind.is_news()) {
                    return Err(s.too_late(&RULE, "the client knows of it already", "Send an update."));
                }
            }
            MessageKind::Update => {
                if !written.any(|message| message.may_go_out() && message.draft.kind.is_news()) {
                    let why = "the client has had no first notice";
                    return Err(s.too_early(&RULE, why, "Send the first notice."));
                }
            }
            MessageKind::RestorationNotice => {
                if incident.restored.is_none() {
                    let why = "normal service is not back";
                    return Err(s.too_early(&RULE, why, "Record restoration first, or send an update."));
                }
            }
            MessageKind::ResolutionConfirmation => {
                if incident.stopped_at().is_none() {
                    let why = "it is not both restored and resolved";
                    return Err(s.too_early(&RULE, why, "Record what is missing first, or send an update."));
                }
            }
            MessageKind::Correction => {
                let told = |id| written.any(|m| m.draft.message == id && m.told_at().is_some());
                if !self.correction_of.is_some_and(told) {
                    let what = "Tell client: no message that this client was told is named to be corrected";
                    let instead = "Name the message that was wrong.";
                    let refusal = Refusal::new(&RULE, RefusalCode::Missing, what, instead);
                    return Err(refusal.about("correction_of"));
                }
            }
        }
        Ok(())
    }

    /// The time of the next update: ahead, and never missing where the policy asks for one.
    fn promise(&self, s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
        let goes_on = matches!(self.kind, MessageKind::FirstNotice | MessageKind::Update);
        match self.next_update_at {
            None if goes_on && incident.severity().is_high() => {
                let number = incident.severity().number();
                let what =
                    format!("Tell client: an update of Severity {number} says when the next one comes");
                let instead = "Give the time of the next update.";
                Err(Refusal::new(&RULE, RefusalCode::Missing, what, instead).about("next_update_at"))
            }
            Some(at) if at <= s.now => {
                let what = "Tell client: the time of the next update has passed";
                let instead = "Give a time ahead.";
                Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("next_update_at"))
            }
            None | Some(_) => Ok(()),
        }
    }

    /// A call that was made already.
    fn call(
        &self,
        s: &Situation<'_>,
        incident: &Incident,
        approval: &Approval,
    ) -> Result<Option<Fact>, Refusal> {
        let Some(outcome) = self.outcome else { return Ok(None) };
        if self.channel != Channel::Phone || !outcome.fits(self.channel) {
            let instead = "Leave it out; what becomes of the message is recorded when it is known.";
            let what = "Tell client: only a call has its outcome at once";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("outcome"));
        }
        if *approval == Approval::Waiting {
            let why = "this topic is approved before it is said";
            return Err(s
                .too_early(&RULE, why, "Have the words approved first, then call.")
                .about("outcome"));
        }
        let is_told = tells(outcome, s.agreement(incident));
        let (message, text) = (self.message, self.text.clone());
        Ok(Some(Fact::DeliveryRecorded { message, outcome, is_told, text }))
    }
}

/// The words of a text without case and marks, to find a name in them.
fn words(text: &str) -> Vec<String> {
    let all = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    all.map(str::to_lowercase).collect()
}

/// Where a name stands among words; nowhere, where it has no word.
fn places<'a>(said: &'a [String], name: &'a [String]) -> impl Iterator<Item = usize> + 'a {
    let windows = said.windows(name.len().max(1)).enumerate();
    windows.filter(move |(_, window)| *window == name).map(|(place, _)| place)
}

/// Words without case, marks and blanks, to compare them.
fn plain(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
