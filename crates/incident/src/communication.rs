//! Communication with the client (§3.4): for now the confirmation of restoration.
//!
//! Silence is never confirmation (ruling 13); only what was answered counts as told (ruling 10).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PersonId, Timestamp};

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
