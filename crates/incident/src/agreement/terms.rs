//! What an agreement says of its clocks beside the numbers: where they start, what stops the response,
//! what a reopening does, and which waits they leave out (§3.3, §6; rulings 2, 4, 6).
//!
//! The defaults are the policy's; a contract that says something else says it here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ClockKind;
use crate::Timestamp;

/// How the contract counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Terms {
    /// Covers what is logged before this instant; open where the contract has no end.
    pub until: Option<Timestamp>,
    /// Where its clocks start.
    pub start: ClockStart,
    /// What counts as the response.
    pub response: ResponseReading,
    /// What a reopening does to a clock that had stopped.
    pub reopening: ReopenMode,
}

/// Where the clocks of an agreement start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClockStart {
    /// When the incident was logged (§6).
    #[default]
    Logged,
    /// When it was reported, where the contract is stricter than the policy.
    Reported,
}

/// What a reading of the response clock takes for the response (ruling 2). A report names its reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResponseReading {
    /// The policy's: assessed, and assigned to a person (§6).
    #[default]
    AssessedAndAssigned,
    /// Assessed, and taken by the person it is assigned to.
    AssessedAndAccepted,
    /// The first answer of a person to the client.
    FirstReply,
}

impl ResponseReading {
    /// All, the policy's first.
    pub const ALL: [Self; 3] = [Self::AssessedAndAssigned, Self::AssessedAndAccepted, Self::FirstReply];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AssessedAndAssigned => "assessed and assigned",
            Self::AssessedAndAccepted => "assessed and accepted",
            Self::FirstReply => "first reply",
        }
    }
}

/// What a reopening does to a clock that had stopped (ruling 6).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReopenMode {
    /// It runs on; the time in between is left out where the client had confirmed restoration.
    #[default]
    LeftOutIfConfirmed,
    /// It runs on, and the time in between counts.
    Counted,
    /// It runs on, and the time in between is left out.
    LeftOut,
    /// It begins again. What was late before stays late.
    Restarted,
}

impl ReopenMode {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeftOutIfConfirmed => "runs on, without the time the client had confirmed",
            Self::Counted => "runs on, with the time in between",
            Self::LeftOut => "runs on, without the time in between",
            Self::Restarted => "begins again",
        }
    }
}

/// Why a clock may stand still.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PauseReason {
    /// The client owes an answer or access.
    AwaitingClient,
    /// A vendor owes a part or a fix.
    AwaitingVendor,
    /// An approved change has to run first.
    AwaitingChange,
}

impl PauseReason {
    /// All.
    pub const ALL: [Self; 3] = [Self::AwaitingClient, Self::AwaitingVendor, Self::AwaitingChange];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AwaitingClient => "waiting for the client",
            Self::AwaitingVendor => "waiting for a vendor",
            Self::AwaitingChange => "waiting for a change",
        }
    }
}

/// One pause that the agreement allows, and the clocks it stops (ruling 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PauseRule {
    /// The reason named by the agreement.
    pub reason: PauseReason,
    /// The clocks that stand still.
    pub clocks: Vec<ClockKind>,
    /// How much of it the agreement allows.
    #[serde(default)]
    pub cap: PauseCap,
    /// Minutes after which somebody looks whether it still waits; absent where the agreement sets no review.
    #[serde(default)]
    pub review_minutes: Option<u32>,
}

/// How much waiting an agreement allows for one reason, over the whole incident. Over the cap the clock runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct PauseCap {
    /// Minutes of waiting, counted day and night; absent is no cap.
    pub minutes: Option<u32>,
    /// How often; absent is no cap.
    pub times: Option<u32>,
}
