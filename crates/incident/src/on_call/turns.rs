//! The turns of one rotation: hand-offs numbered from its start, and the turn that an instant falls into.

use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::{Rotation, SHIFT_LENGTH_MAX, Turn};
use crate::calendar::{CalendarError, DAY, Offsets};

const HOUR: i64 = 3_600_000;

/// Hand-offs of a rotation, by their numbers; 0 is its start.
#[derive(Debug)]
pub(super) enum Turns {
    /// Every so many milliseconds of the wall clock.
    Even { start: i64, length: i64 },
    /// Every so many months.
    Months { start: DateTime, length: i64 },
}

impl Turns {
    pub(super) fn of(rotation: &Rotation) -> Result<Self, CalendarError> {
        let unreadable = || CalendarError::WallTime(rotation.starts.chars().take(40).collect());
        let start: DateTime = rotation.starts.parse().map_err(|_| unreadable())?;
        // Everything beyond is further from the years that rotas count than arithmetic should go.
        if !(1970..2200).contains(&start.year()) {
            return Err(unreadable());
        }
        let length = i64::from(rotation.length.clamp(1, SHIFT_LENGTH_MAX));
        let even = |unit: i64| Self::Even { start: wall(start), length: length * unit };
        Ok(match rotation.turn {
            Turn::Hourly => even(HOUR),
            Turn::Daily => even(DAY),
            Turn::Weekly => even(7 * DAY),
            Turn::Monthly => Self::Months { start, length },
        })
    }

    /// The instant of a hand-off.
    pub(super) fn handoff(&self, offsets: &Offsets, number: i64) -> i64 {
        offsets.first(match self {
            Self::Even { start, length } => start + number * length,
            Self::Months { start, length } => {
                start.checked_add((number * length).months()).map_or(i64::MAX / 4, wall)
            }
        })
    }

    /// The number of the turn that an instant falls into: the last hand-off that is not after it.
    pub(super) fn number(&self, offsets: &Offsets, at: i64) -> i64 {
        let shown = at + offsets.at(at);
        let mut number = match self {
            Self::Even { start, length } => (shown - start).div_euclid(*length),
            Self::Months { start, length } => {
                // Thirty-one days never overtake a month; the loop below walks the rest.
                let months = (shown - wall(*start)).div_euclid(DAY) * 12 / 366;
                months.div_euclid(*length)
            }
        };
        while self.handoff(offsets, number) > at {
            number -= 1;
        }
        while self.handoff(offsets, number + 1) <= at {
            number += 1;
        }
        number
    }
}

/// Milliseconds that a wall clock counts from 1970-01-01T00:00.
fn wall(time: DateTime) -> i64 {
    time.to_zoned(TimeZone::UTC).map_or(0, |zoned| zoned.timestamp().as_millisecond())
}
