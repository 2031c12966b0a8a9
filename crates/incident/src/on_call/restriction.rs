//! When a restriction lets a rotation be on call: stretches of its days, in instants.

use super::{Restriction, Weekday};
use crate::calendar::{DAY, Offsets, weekday};
use crate::time::MINUTE;

impl Restriction {
    /// Whether it covers an instant.
    pub(super) fn covers(&self, offsets: &Offsets, at: i64) -> bool {
        let day = (at + offsets.at(at)).div_euclid(DAY);
        // The night before may last, and where midnight comes twice the next day has begun already.
        (day - 1..=day + 1)
            .filter_map(|day| self.stretch(offsets, day))
            .any(|(from, to)| (from..to).contains(&at))
    }

    /// The stretch that begins on a day, counted from 1970-01-01.
    pub(super) fn stretch(&self, offsets: &Offsets, day: i64) -> Option<(i64, i64)> {
        let name = *Weekday::ALL.get(weekday(day))?;
        if !self.days.contains(&name) {
            return None;
        }
        let minute = |day: i64, minute: u16| day * DAY + i64::from(minute) * MINUTE;
        let last_day = day + i64::from(self.to_minute <= self.from_minute);
        let from = offsets.first(minute(day, self.from_minute));
        Some((from, offsets.last(minute(last_day, self.to_minute))))
    }
}
