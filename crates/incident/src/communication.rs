//! Communication (§3.4): what the client was told, what is owed to them next, and what they answered.
//!
//! Told is what was delivered, or answered on the phone (ruling 10); silence is never confirmation
//! (ruling 13). It sends nothing: what carries a message reports back what became of it.

mod carried;
mod duplicate;
mod duties;
mod readers;
pub(crate) mod silence;
mod told;

pub mod cadence;
pub mod matrix;
pub mod message;
pub mod rules;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact};
use crate::{ClientId, PersonId, Timestamp};

pub use carried::carried;
pub(crate) use duplicate::lost_beat;
pub(crate) use duties::{account_manager, duties, first_reply};
pub use message::{Approval, Delivery, Draft, Message, MessageKind, Outcome, Topic};
pub use readers::{is_limited, is_shown, shown_to};
pub use rules::{ContactTerms, Rules, Template, Voicemail};
pub(crate) use told::resolution_told_at;
pub use told::{told_of_resolution, told_of_restoration};

/// How the client was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By phone.
    Phone,
    /// By e-mail.
    Email,
    /// Through the portal.
    Portal,
}

impl Channel {
    /// All.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Email, Self::Portal];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Email => "e-mail",
            Self::Portal => "portal",
        }
    }
}

/// What the client answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Service is back, says the client.
    Confirmed,
    /// It is not, says the client.
    Disputed,
    /// Nobody answered: an attempt, never a confirmation.
    NoAnswer,
}

impl Answer {
    /// All.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Disputed, Self::NoAnswer];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Disputed => "disputed",
            Self::NoAnswer => "no answer",
        }
    }
}

/// The latest answer of the client about restoration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Confirmation {
    /// When.
    pub at: Timestamp,
    /// Who asked.
    pub by: PersonId,
    /// How.
    pub channel: Channel,
    /// Whom at the client's.
    pub contact: String,
    /// The answer.
    pub answer: Answer,
    /// What was said.
    pub text: String,
}

/// A word of the client that came by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "ClientReply")]
pub struct Reply {
    /// Whose incident it was then; absent in replies of before that was kept.
    #[serde(default)]
    pub client: Option<ClientId>,
    /// When it came in.
    pub at: Timestamp,
    /// Whether a person wrote it.
    pub kind: ReplyKind,
    /// How it came.
    pub channel: Channel,
    /// From whom.
    pub contact: String,
    /// What it says.
    pub text: String,
}

/// Whether a person answered or a machine (RFC 3834).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReplyKind {
    /// A person.
    Human,
    /// An out-of-office notice, a bounce, a receipt: on record, without effect.
    AutoReply,
}

impl ReplyKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Human, Self::AutoReply];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Human => "a person",
            Self::AutoReply => "an automatic reply",
        }
    }
}

/// Who in the house was told something (§3.4 Internal Communication).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Colleagues {
    /// The support tiers.
    Tiers,
    /// Management.
    Management,
    /// The account managers.
    AccountManagers,
}

impl Colleagues {
    /// All.
    pub const ALL: [Self; 3] = [Self::Tiers, Self::Management, Self::AccountManagers];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tiers => "the support tiers",
            Self::Management => "management",
            Self::AccountManagers => "the account managers",
        }
    }
}

/// One internal update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InternalUpdate {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// To whom.
    pub to: Colleagues,
    /// What.
    pub text: String,
}

/// What an incident holds of its communication: the fold of its events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Communication {
    /// Messages to clients, oldest first.
    pub messages: Vec<Message>,
    /// Where the messages begin that count for the restoration at hand: a reopening voids earlier notices.
    #[ts(type = "number")]
    pub notices_from: usize,
    /// Times at which the client answered when asked about restoration.
    pub answered: Vec<Timestamp>,
    /// Whether the client confirmed after it was both restored and resolved.
    pub confirmed_the_resolution: bool,
    /// Stretches in which no update is owed: restoration is confirmed, or the incident has ended.
    pub at_rest: Vec<Rest>,
    /// What clients wrote by themselves.
    pub replies: Vec<Reply>,
    /// A reply that came after restoration and that nobody has judged: it may confirm it, or may not.
    pub candidate: Option<Reply>,
    /// Internal updates.
    pub internal: Vec<InternalUpdate>,
}

/// A stretch in which no update is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Rest {
    /// Since when.
    pub from: Timestamp,
    /// Until when; open while it lasts.
    pub to: Option<Timestamp>,
}

/// Where the incident stands when an event about its communication arrives.
pub(crate) struct Standing {
    pub(crate) client: ClientId,
    pub(crate) is_restored: bool,
    pub(crate) is_resolved: bool,
}

impl Communication {
    /// The message of this id.
    pub fn message(&self, id: crate::MessageId) -> Option<&Message> {
        self.messages.iter().find(|message| message.draft.message == id)
    }

    /// Messages to `client`, oldest first.
    pub fn to(&self, client: ClientId) -> impl Iterator<Item = &Message> {
        self.messages.iter().filter(move |message| message.client == client)
    }

    /// Takes in an event; one that is not about communication changes nothing.
    pub(crate) fn take(&mut self, event: &Event, standing: &Standing) {
        match &event.fact {
            Fact::MessageWritten { draft, approval } => {
                self.messages.push(Message::written(draft, approval, standing.client, event));
            }
            Fact::MessageApproved { message }
            | Fact::MessageReturned { message, .. }
            | Fact::DeliveryRecorded { message, .. } => {
                let found = self.messages.iter_mut().find(|known| known.draft.message == *message);
                if let Some(found) = found {
                    found.take(event);
                }
            }
            Fact::InternallyUpdated { to, text } => self.internal.push(InternalUpdate {
                at: event.at,
                by: event.actor,
                to: *to,
                text: text.clone(),
            }),
            Fact::ClientReplied { reply, channel, contact, text } => {
                let (client, at, kind, channel) = (Some(standing.client), event.at, *reply, *channel);
                let reply = Reply { client, at, kind, channel, contact: contact.clone(), text: text.clone() };
                if kind == ReplyKind::Human && standing.is_restored {
                    self.candidate = Some(reply.clone());
                }
                self.replies.push(reply);
            }
            Fact::RestorationConfirmed { answer, .. } => self.asked(*answer, event.at, standing),
            Fact::Reopened { .. } => {
                self.notices_from = self.messages.len();
                self.confirmed_the_resolution = false;
                self.candidate = None;
                self.wake(event.at);
            }
            Fact::ClientIdentified { client, .. } => {
                // Whoever it turned out to be has heard what was said before anybody knew (decision 101).
                let of_nobody = self.messages.iter_mut().filter(|message| message.client == standing.client);
                of_nobody.for_each(|message| message.client = *client);
                self.change_hands(event.at);
            }
            Fact::MovedToClient { .. } => self.change_hands(event.at),
            Fact::Closed { .. } | Fact::Cancelled { .. } => self.rest(event.at),
            _ => {}
        }
    }

    /// What one client said confirms nothing for the next one.
    fn change_hands(&mut self, at: Timestamp) {
        self.confirmed_the_resolution = false;
        self.candidate = None;
        self.wake(at);
    }

    fn asked(&mut self, answer: Answer, at: Timestamp, standing: &Standing) {
        match answer {
            Answer::Confirmed => {
                self.answered.push(at);
                self.confirmed_the_resolution = standing.is_restored && standing.is_resolved;
                self.candidate = None;
                self.rest(at);
            }
            Answer::Disputed => {
                self.answered.push(at);
                self.candidate = None;
                self.wake(at);
            }
            Answer::NoAnswer => {}
        }
    }

    fn rest(&mut self, at: Timestamp) {
        if self.at_rest.last().is_none_or(|rest| rest.to.is_some()) {
            self.at_rest.push(Rest { from: at, to: None });
        }
    }

    fn wake(&mut self, at: Timestamp) {
        if let Some(rest) = self.at_rest.last_mut().filter(|rest| rest.to.is_none()) {
            rest.to = Some(at.max(rest.from));
        }
    }
}
