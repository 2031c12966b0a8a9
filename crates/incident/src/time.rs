//! Instants and spans of the policy's clocks: UTC milliseconds, never rounded minutes (ruling 7).
//!
//! It deliberately knows no zone and no calendar (`calendar` does) and never reads a clock.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An instant in UTC, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "number")]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant `milliseconds` after 1970-01-01T00:00:00Z.
    pub const fn from_millis(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This instant moved by `milliseconds`, held at the ends of the number line.
    pub const fn plus_millis(self, milliseconds: i64) -> Self {
        Self(self.0.saturating_add(milliseconds))
    }

    /// Milliseconds from `earlier` to this instant; negative where it lies before.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// RFC 3339 in UTC, for people and logs.
    pub fn to_rfc3339(self) -> String {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(at) => at.to_string(),
            Err(_) => format!("{} ms", self.0),
        }
    }

    /// Reads RFC 3339 with an offset or `Z`; `None` where it is not one.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|at| Self(at.as_millisecond()))
    }
}

/// A half-open stretch of time: `from` belongs to it, `to` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Span {
    /// First instant inside.
    pub from: Timestamp,
    /// First instant after.
    pub to: Timestamp,
}

impl Span {
    /// All of time.
    pub(crate) const EVER: Self = Self { from: Timestamp(i64::MIN), to: Timestamp(i64::MAX) };

    /// Whether `at` lies inside.
    pub(crate) fn holds(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }
}

/// Milliseconds in a minute: targets in agreements are written in minutes.
pub const MINUTE: i64 = 60_000;
