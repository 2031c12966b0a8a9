//! Severity: the measure of business impact alone (§3.3, §6; ruling 1).
//!
//! Urgency and priority live in `priority`; who may lower one, and with whom, in [`lowering`].

pub mod lowering;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Severity 1 (critical) to 4 (low). Orders from most to least severe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "u8", into = "u8")]
#[ts(type = "1 | 2 | 3 | 4")]
pub enum Severity {
    /// Critical: complete loss of a critical service for many users or a site.
    One,
    /// High: a critical service lost or badly degraded, a major function gone.
    Two,
    /// Medium: partial degradation, some users.
    Three,
    /// Low: one user, cosmetic, or a request for information.
    Four,
}

impl Severity {
    /// All four, most severe first.
    pub const ALL: [Self; 4] = [Self::One, Self::Two, Self::Three, Self::Four];

    /// 1 to 4, as the policy counts.
    pub const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
            Self::Four => 4,
        }
    }

    /// Place in tables that hold one value per severity: 0 to 3.
    pub const fn index(self) -> usize {
        self.number() as usize - 1
    }

    /// The policy's word beside the number (§3.3).
    pub const fn name(self) -> &'static str {
        match self {
            Self::One => "Critical",
            Self::Two => "High",
            Self::Three => "Medium",
            Self::Four => "Low",
        }
    }

    /// What the policy means by it, as help at the moment of choice (§3.3, paraphrased).
    pub const fn definition(self) -> &'static str {
        match self {
            Self::One => "A critical service is completely lost for many users or a whole site.",
            Self::Two => {
                "A critical service is lost or badly degraded for many users, or a major function is gone."
            }
            Self::Three => "Part of a service is degraded for some users, or a minor function is gone.",
            Self::Four => {
                "One user or hardly any business impact: a cosmetic fault, a request for information."
            }
        }
    }

    /// Whether the policy puts the Incident Manager and proactive client contact on it (§3.2, §3.4).
    pub const fn is_high(self) -> bool {
        matches!(self, Self::One | Self::Two)
    }

    /// Whether this is more severe than `other`.
    pub const fn is_worse_than(self, other: Self) -> bool {
        self.number() < other.number()
    }
}

impl From<Severity> for u8 {
    fn from(severity: Severity) -> Self {
        severity.number()
    }
}

impl TryFrom<u8> for Severity {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::ALL
            .into_iter()
            .find(|severity| severity.number() == number)
            .ok_or_else(|| format!("{number} is no severity: use 1, 2, 3 or 4"))
    }
}

/// The initial impact assessment every log entry carries (§3.1 Logging).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// A whole site, or a critical service gone for everyone.
    EntireSite,
    /// Many users.
    ManyUsers,
    /// Some users.
    SomeUsers,
    /// A single user, or nobody's work stands still.
    SingleUser,
}

impl Impact {
    /// Every impact, gravest first.
    pub const ALL: [Self; 4] = [Self::EntireSite, Self::ManyUsers, Self::SomeUsers, Self::SingleUser];

    /// The severity to work under until a person has set one: clocks run from logging, so a
    /// provisional value is needed at once (§3.3 definitions).
    pub const fn provisional_severity(self) -> Severity {
        match self {
            Self::EntireSite => Severity::One,
            Self::ManyUsers => Severity::Two,
            Self::SomeUsers => Severity::Three,
            Self::SingleUser => Severity::Four,
        }
    }

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EntireSite => "Entire site",
            Self::ManyUsers => "Many users",
            Self::SomeUsers => "Some users",
            Self::SingleUser => "One user",
        }
    }
}
