//! One message to one client about one incident (§3.4).
//!
//! Written is not told: it may wait for approval, and it counts once it was delivered or answered. Words of a
//! template go along; they never count as an update by themselves.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Channel, Template};
use crate::event::{Event, Fact};
use crate::{ClientId, MessageId, PersonId, Timestamp};

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// The first word about the incident.
    FirstNotice,
    /// How it stands.
    Update,
    /// Normal service is back.
    RestorationNotice,
    /// It is resolved, and normal service is back.
    ResolutionConfirmation,
    /// Something that was told was wrong.
    Correction,
}

impl MessageKind {
    /// All, in the order in which they are usually due.
    pub const ALL: [Self; 5] = [
        Self::FirstNotice,
        Self::Update,
        Self::RestorationNotice,
        Self::ResolutionConfirmation,
        Self::Correction,
    ];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FirstNotice => "First notice",
            Self::Update => "Update",
            Self::RestorationNotice => "Restoration notice",
            Self::ResolutionConfirmation => "Resolution confirmation",
            Self::Correction => "Correction",
        }
    }

    /// Whether it says where the incident stands, so that the next update counts from it.
    pub const fn is_news(self) -> bool {
        match self {
            Self::FirstNotice | Self::Update | Self::RestorationNotice | Self::ResolutionConfirmation => true,
            Self::Correction => false,
        }
    }
}

/// A delicate topic: the house lists those that somebody approves before they are said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Data may be lost.
    DataLoss,
    /// Security may be touched.
    Security,
    /// Somebody is at fault.
    Blame,
    /// A time by which it will be repaired.
    CommittedTime,
}

impl Topic {
    /// All.
    pub const ALL: [Self; 4] = [Self::DataLoss, Self::Security, Self::Blame, Self::CommittedTime];
}

/// What somebody writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Draft {
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
    /// The template that goes along, as it read then.
    pub template: Option<Template>,
    /// When the client hears next, as promised in it.
    pub next_update_at: Option<Timestamp>,
    /// The delicate topics it touches, as the writer sees it.
    pub topics: BTreeSet<Topic>,
    /// The message that it corrects.
    pub correction_of: Option<MessageId>,
}

/// Where the approval of a message stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Approval {
    /// It touches nothing that the house lists.
    NotNeeded,
    /// Somebody else has to read it first.
    Waiting,
    /// It may go out.
    Approved {
        /// Who said so.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
    /// It may not go out as it is.
    Returned {
        /// Who said so.
        by: PersonId,
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The mail server or the portal has it.
    Delivered,
    /// A person at the client's answered the phone.
    Answered,
    /// A machine answered the phone.
    Voicemail,
    /// Nobody answered the phone.
    NoAnswer,
    /// It could not be sent.
    Failed,
    /// It came back.
    Bounced,
}

impl Outcome {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Delivered, Self::Answered, Self::Voicemail, Self::NoAnswer, Self::Failed, Self::Bounced];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Answered => "answered",
            Self::Voicemail => "left on voicemail",
            Self::NoAnswer => "not answered",
            Self::Failed => "not sent",
            Self::Bounced => "came back",
        }
    }

    /// Whether it means that what had arrived on `channel` came back; a call that was heard stays heard.
    const fn takes_back(self, channel: Channel) -> bool {
        match (self, channel) {
            (Self::Failed | Self::Bounced, Channel::Email | Channel::Portal) => true,
            (Self::Delivered | Self::Answered | Self::Voicemail | Self::NoAnswer, _)
            | (Self::Failed | Self::Bounced, Channel::Phone) => false,
        }
    }

    /// Whether a message on `channel` can end so.
    pub const fn fits(self, channel: Channel) -> bool {
        match (self, channel) {
            (Self::Answered | Self::Voicemail | Self::NoAnswer, Channel::Phone)
            | (Self::Delivered | Self::Failed, Channel::Email | Channel::Portal)
            | (Self::Bounced, Channel::Email)
            | (Self::Failed, Channel::Phone) => true,
            (Self::Answered | Self::Voicemail | Self::NoAnswer, Channel::Email | Channel::Portal)
            | (Self::Delivered | Self::Bounced, Channel::Phone)
            | (Self::Bounced, Channel::Portal) => false,
        }
    }
}

/// The latest word on what became of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Delivery {
    /// When it was known.
    pub at: Timestamp,
    /// Who said so; the server where a mail server did.
    pub by: PersonId,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether the client counts as told (ruling 10); voicemail only where the agreement says so.
    pub is_told: bool,
    /// What was said, or how it failed.
    pub text: String,
}

/// A message on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Message {
    /// What was written.
    pub draft: Draft,
    /// To which client: it stays with that client, wherever the incident goes. One of before anybody knew the client is
    /// to whoever it turned out to be.
    pub client: ClientId,
    /// When it was written.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Whether it may go out.
    pub approval: Approval,
    /// What became of it; nothing yet while it is on its way.
    pub delivery: Option<Delivery>,
    /// The word by which the client was told first, unless the message came back since. Messages of before that was
    /// kept have it in the latest word alone.
    #[serde(default)]
    pub told: Option<Delivery>,
}

impl Message {
    pub(super) fn written(draft: &Draft, approval: &Approval, client: ClientId, event: &Event) -> Self {
        Self {
            draft: draft.clone(),
            client,
            at: event.at,
            by: event.actor,
            approval: approval.clone(),
            delivery: None,
            told: None,
        }
    }

    pub(super) fn take(&mut self, event: &Event) {
        let (at, by) = (event.at, event.actor);
        match &event.fact {
            Fact::MessageApproved { .. } => self.approval = Approval::Approved { by, at },
            Fact::MessageReturned { reason, .. } => {
                self.approval = Approval::Returned { by, at, reason: reason.clone() };
            }
            Fact::DeliveryRecorded { outcome, is_told, text, .. } => {
                let (outcome, is_told, text) = (*outcome, *is_told, text.clone());
                let word = Delivery { at, by, outcome, is_told, text };
                // A second call that nobody takes does not unsay what was heard, and an answer does not move it.
                let before = self.told_by().filter(|_| !outcome.takes_back(self.draft.channel)).cloned();
                self.told = before.or_else(|| is_told.then(|| word.clone()));
                self.delivery = Some(word);
            }
            _ => {}
        }
    }

    /// When the client was told; never while it is on its way, nor where it failed.
    pub fn told_at(&self) -> Option<Timestamp> {
        self.told_by().map(|delivery| delivery.at)
    }

    /// The word by which the client was told.
    pub fn told_by(&self) -> Option<&Delivery> {
        self.told.as_ref().or_else(|| self.delivery.as_ref().filter(|delivery| delivery.is_told))
    }

    /// Whether somebody else has to read it before it goes out.
    pub const fn waits_for_approval(&self) -> bool {
        matches!(self.approval, Approval::Waiting)
    }

    /// Whether it may go out.
    pub const fn may_go_out(&self) -> bool {
        match self.approval {
            Approval::NotNeeded | Approval::Approved { .. } => true,
            Approval::Waiting | Approval::Returned { .. } => false,
        }
    }

    /// Whether it has left, and nobody knows yet whether it arrived.
    pub const fn is_on_its_way(&self) -> bool {
        self.may_go_out() && self.delivery.is_none()
    }

    /// Whether there may be news of it: a person's answer on the phone is the last word.
    pub fn may_have_news(&self) -> bool {
        let is_answered =
            self.delivery.as_ref().is_some_and(|delivery| delivery.outcome == Outcome::Answered);
        self.may_go_out() && !is_answered
    }
}
