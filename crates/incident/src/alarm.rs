//! How loudly a duty asks for its person, by severity and by how near its deadline is.
//!
//! The policy has deadlines watched and misses escalated (§3.3, §3.5); how loudly is the house's own scale. It
//! rings nothing itself.

use std::cmp::Reverse;

use crate::Severity;

/// How near a duty is to its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nearness {
    /// There is still time to act.
    AtRisk,
    /// There is hardly time left.
    Imminent,
    /// The deadline has passed.
    Overdue,
}

/// How loudly it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Colour and counts on screen, no alarm.
    Journal,
    /// Silent, and gone after a while.
    Advisory,
    /// A banner.
    Caution,
    /// It stays until somebody acts.
    Warning,
}

impl Tier {
    /// The tier of a duty on something that severe: seldom loud where little is at stake.
    pub const fn of(severity: Severity, nearness: Nearness) -> Self {
        match (severity, nearness) {
            (Severity::One | Severity::Two, Nearness::Imminent | Nearness::Overdue) => Self::Warning,
            (Severity::One | Severity::Two, Nearness::AtRisk)
            | (Severity::Three, Nearness::Imminent | Nearness::Overdue) => Self::Caution,
            (Severity::Three, Nearness::AtRisk)
            | (Severity::Four, Nearness::Imminent | Nearness::Overdue) => Self::Advisory,
            (Severity::Four, Nearness::AtRisk) => Self::Journal,
        }
    }
}

/// Whether a duty has rung before for the deadline that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Heard {
    /// It rings for the first time.
    Never,
    /// It rang, and has come nearer since.
    Before,
}

/// Where an alarm stands among several that come at once, the first one lowest: the louder goes first, and of equally
/// loud ones what is new, so that what rings again hides nothing (decision 213).
pub const fn place(tier: Tier, heard: Heard) -> (Reverse<Tier>, Heard) {
    (Reverse(tier), heard)
}
