//! The period of a report, in the zone of the client it is for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Timestamp;
use crate::calendar::{CalendarError, instant};

/// By which instant an incident belongs to a period. A report states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "FigureCountedBy")]
pub enum CountedBy {
    /// When it was logged.
    Logged,
    /// When the clock in question stopped; one that runs belongs to no period yet.
    Stopped,
}

/// A stretch of time that a report is about; `until` does not belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Period {
    /// First instant inside.
    pub from: Timestamp,
    /// First instant after.
    pub until: Timestamp,
    /// What places an incident in it.
    pub counted_by: CountedBy,
}

impl Period {
    /// A month as the wall clock of `zone` has it.
    pub fn month(year: i16, month: u8, zone: &str, counted_by: CountedBy) -> Result<Self, CalendarError> {
        let (next_year, next) = if month >= 12 { (year.saturating_add(1), 1) } else { (year, month + 1) };
        let from = instant(&format!("{year:04}-{month:02}-01T00:00:00"), zone)?;
        let until = instant(&format!("{next_year:04}-{next:02}-01T00:00:00"), zone)?;
        Ok(Self { from, until, counted_by })
    }

    /// Whether an instant lies inside.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}
