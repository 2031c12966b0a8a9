//! What interrupts the work on an incident: it waits for something (§3.3), or it was over and is not (§3.1 Closure).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::{ClockKind, PauseReason};
use crate::{PersonId, Timestamp};

/// A stretch in which the incident waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Pause {
    /// For what.
    pub reason: PauseReason,
    /// Since when.
    pub from: Timestamp,
    /// Until when; open while it lasts.
    pub to: Option<Timestamp>,
    /// When somebody last looked whether it still waits.
    #[serde(default)]
    pub reviewed_at: Option<Timestamp>,
    /// Clocks of which the log says that they run on, because the agreement allows no more of it.
    #[serde(default)]
    pub capped: Vec<ClockKind>,
}

/// One return from restored or resolved to work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reopening {
    /// When it was reopened.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Why.
    pub reason: String,
    /// When it had been resolved and restored before, if both; kept for ever.
    pub stopped_at: Option<Timestamp>,
    /// When normal service had been restored before; kept for ever.
    #[serde(default)]
    pub restored_at: Option<Timestamp>,
    /// Whether the client had confirmed restoration: only then is the interval left out (ruling 6).
    pub was_confirmed: bool,
}
