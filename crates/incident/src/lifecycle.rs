//! The lifecycle (§3.1): the phase an incident is in, and the board column that shows it.
//!
//! The phase follows from facts; nothing sets it. `fold` moves it, and each variant carries what is true
//! only in that phase.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{PersonId, Timestamp};

/// The phase of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
    /// In the log; not yet categorised and prioritised.
    Logged,
    /// Category, severity and urgency are set.
    Prioritised,
    /// Assessed and assigned to a person: the response is given.
    Investigating,
    /// A workaround or a resolution step is on record.
    Resolving,
    /// Normal service is back; resolution or the client's confirmation may be outstanding.
    Restored {
        /// Since when.
        at: Timestamp,
    },
    /// Formally closed.
    Closed {
        /// When.
        at: Timestamp,
        /// By whom.
        by: PersonId,
    },
    /// Not an incident after all, or logged twice: kept, with the reason, out of the measures.
    Cancelled {
        /// When.
        at: Timestamp,
        /// By whom.
        by: PersonId,
        /// Why.
        reason: String,
    },
}

impl Phase {
    /// Whether the record is at its end: closed or cancelled.
    pub const fn is_final(&self) -> bool {
        self.ended_at().is_some()
    }

    /// When it was closed or cancelled.
    pub const fn ended_at(&self) -> Option<Timestamp> {
        match self {
            Self::Closed { at, .. } | Self::Cancelled { at, .. } => Some(*at),
            Self::Logged
            | Self::Prioritised
            | Self::Investigating
            | Self::Resolving
            | Self::Restored { .. } => None,
        }
    }

    /// The board column that shows it; cancelled incidents stand on no board.
    pub const fn column(&self) -> Option<Column> {
        match self {
            Self::Logged => Some(Column::Logged),
            Self::Prioritised => Some(Column::Prioritised),
            Self::Investigating => Some(Column::Investigating),
            Self::Resolving => Some(Column::Resolving),
            Self::Restored { .. } => Some(Column::Restored),
            Self::Closed { .. } => Some(Column::Closed),
            Self::Cancelled { .. } => None,
        }
    }

    /// In words.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Cancelled { .. } => "Cancelled",
            Self::Logged
            | Self::Prioritised
            | Self::Investigating
            | Self::Resolving
            | Self::Restored { .. }
            | Self::Closed { .. } => match self.column() {
                Some(column) => column.name(),
                None => "",
            },
        }
    }
}

/// A column of the board: the lifecycle of §3.1 from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Signals that nobody has logged yet.
    Identified,
    /// Logged.
    Logged,
    /// Categorised and prioritised.
    Prioritised,
    /// Under investigation.
    Investigating,
    /// Being resolved, perhaps behind a workaround.
    Resolving,
    /// Restored: to be resolved, confirmed and closed.
    Restored,
    /// Closed.
    Closed,
}

impl Column {
    /// From left to right.
    pub const ALL: [Self; 7] = [
        Self::Identified,
        Self::Logged,
        Self::Prioritised,
        Self::Investigating,
        Self::Resolving,
        Self::Restored,
        Self::Closed,
    ];

    /// The heading.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identified => "Identified",
            Self::Logged => "Logged",
            Self::Prioritised => "Prioritised",
            Self::Investigating => "Investigating",
            Self::Resolving => "Resolving",
            Self::Restored => "Restored",
            Self::Closed => "Closed",
        }
    }
}
