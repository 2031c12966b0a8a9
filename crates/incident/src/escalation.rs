//! Escalation (§3.5): for now by hand, along the technical or the managerial path.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PersonId, Timestamp};

/// Which path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EscalationPath {
    /// To more specialised hands.
    Technical,
    /// To management.
    Managerial,
}

impl EscalationPath {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Technical, Self::Managerial];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Technical => "technical",
            Self::Managerial => "managerial",
        }
    }
}

/// One escalation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Escalation {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Along which path.
    pub path: EscalationPath,
    /// To whom.
    pub to: PersonId,
    /// Why: the target cannot be met, or resources are needed.
    pub reason: String,
}
