//! Commands up: an envelope from the desk, an outcome from the server.
//!
//! The actor is never in the envelope: the server takes it from the session.

use std::collections::BTreeSet;

use incident::{Command, CommandId, DeskId, Refusal, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How well the desk knew the time when the person acted (ruling 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockClaim {
    /// When the person acted, by the desk's clock already corrected by the measured offset.
    pub at: Timestamp,
    /// How far that may be off, in milliseconds.
    pub uncertainty_ms: u32,
}

/// One command as it waits in the outbox and travels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Its id: makes every retry the same command.
    pub id: CommandId,
    /// Its place in the desk's own order; rising, with gaps.
    pub seq: u64,
    /// When the person acted.
    pub claim: ClockClaim,
    /// The command.
    pub command: Command,
    /// Where it logs an incident anew that a restore of the server lost: the numbers that people know it by, at most
    /// [`crate::FORMER_NUMBERS_MAX`].
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub former_numbers: BTreeSet<u32>,
}

/// Commands of one desk, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PushRequest {
    /// The desk.
    pub desk: DeskId,
    /// The incarnation of the log that the desk follows; none before the first frame. Commands of another one
    /// are not taken: what the desk holds of earlier ones comes first.
    #[serde(default)]
    pub epoch: Option<Uuid>,
    /// At most [`crate::PUSH_MAX`].
    pub commands: Vec<Envelope>,
}

/// What became of a command, for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Its events are in the log up to this sequence number.
    Accepted {
        /// Last sequence number of its events.
        seq: u64,
    },
    /// The policy says no.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// Something it builds on is not here yet: stays in the outbox.
    Deferred,
}

/// The outcome of one command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which command.
    pub id: CommandId,
    /// Its place in the desk's order.
    pub desk_seq: u64,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// The answer to a push: a hint for the screen. The outbox is settled by frames.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushReply {
    /// One outcome a command, in the same order.
    pub outcomes: Vec<Outcome>,
    /// The server's clock.
    pub now: Timestamp,
}
