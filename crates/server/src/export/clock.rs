//! One clock as it leaves the house: its verdict with instants as everywhere else.

use incident::ExceptionId;
use incident::Timestamp;
use incident::agreement::ClockKind;
use incident::clock::{ClockState, Reading, UNBOUNDED_MS, Verdict};
use serde::Serialize;

use super::{rfc3339, rfc3339_or_null};

/// One clock.
#[derive(Debug, Clone, Serialize)]
pub struct ExportedClock {
    /// Which.
    pub clock: ClockKind,
    /// Where it stands, as one word.
    pub state: &'static str,
    /// When it stopped.
    #[serde(serialize_with = "rfc3339_or_null")]
    pub stopped_at: Option<Timestamp>,
    /// When it falls or fell due; none while it is paused, for that moves until it goes on.
    #[serde(serialize_with = "rfc3339_or_null")]
    pub due_at: Option<Timestamp>,
    /// What it says of the promise.
    pub verdict: ExportedVerdict,
}

/// [`Verdict`], its instants as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the one of the same name")]
pub enum ExportedVerdict {
    Pending,
    Met {
        spare_ms: i64,
    },
    Breached {
        #[serde(serialize_with = "rfc3339")]
        at: Timestamp,
        on_arrival: bool,
    },
    Excluded {
        exception: ExceptionId,
        #[serde(serialize_with = "rfc3339")]
        at: Timestamp,
    },
    NoTarget {
        reason: String,
    },
    Uncertain {
        /// Nothing where nothing bounds it.
        within_ms: Option<u32>,
    },
    NotApplicable,
}

impl From<Verdict> for ExportedVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pending => Self::Pending,
            Verdict::Met { spare_ms } => Self::Met { spare_ms },
            Verdict::Breached { at, on_arrival } => Self::Breached { at, on_arrival },
            Verdict::Excluded { exception, at } => Self::Excluded { exception, at },
            Verdict::NoTarget { reason } => Self::NoTarget { reason },
            Verdict::Uncertain { within_ms } => {
                Self::Uncertain { within_ms: Some(within_ms).filter(|within| *within < UNBOUNDED_MS) }
            }
            Verdict::NotApplicable => Self::NotApplicable,
        }
    }
}

impl From<Reading> for ExportedClock {
    fn from(reading: Reading) -> Self {
        let (state, stopped_at, due_at) = match reading.state {
            ClockState::Running => ("running", None, reading.due),
            ClockState::Paused { .. } => ("paused", None, None),
            ClockState::Stopped { at } => ("stopped", Some(at), reading.due),
            ClockState::NotCounted => ("not_counted", None, reading.due),
        };
        Self { clock: reading.kind, state, stopped_at, due_at, verdict: reading.verdict.into() }
    }
}
