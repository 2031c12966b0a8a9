//! One week of opening hours as a table of sums: the part of a calendar that repeats.

use super::{DAY_END_MINUTE, Opening};
use crate::time::MINUTE;

/// Milliseconds in a wall-clock day.
pub(crate) const DAY: i64 = DAY_END_MINUTE as i64 * MINUTE;
/// Milliseconds in a wall-clock week.
pub(super) const WEEK: i64 = 7 * DAY;

/// Weekday of a day counted from 1970-01-01, a Thursday: Monday is 0.
pub(crate) fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// The open stretches of a week, in milliseconds since its Monday 00:00, merged and in order.
pub(super) struct Week {
    open: Vec<Stretch>,
    total: i64,
}

struct Stretch {
    from: i64,
    to: i64,
    /// Open milliseconds of the week before this stretch.
    before: i64,
}

impl Week {
    /// The openings must have been checked.
    pub(super) fn new(days: &[Vec<Opening>; 7]) -> Self {
        let mut spans = Vec::new();
        for (openings, midnight) in days.iter().zip((0..).step_by(DAY as usize)) {
            for opening in openings {
                let at = |minute: u16| midnight + i64::from(minute) * MINUTE;
                spans.push((at(opening.from_minute), at(opening.to_minute)));
            }
        }
        let mut total = 0;
        let open = super::pauses::union(spans)
            .into_iter()
            .map(|(from, to)| {
                let before = total;
                total += to - from;
                Stretch { from, to, before }
            })
            .collect();
        Self { open, total }
    }

    pub(super) fn is_closed(&self) -> bool {
        self.total == 0
    }

    pub(super) fn is_always_open(&self) -> bool {
        self.total == WEEK
    }

    /// Open milliseconds from the Monday at 0 to `at`, over any number of weeks.
    pub(super) fn before(&self, at: i64) -> i64 {
        let (weeks, rest) = (at.div_euclid(WEEK), at.rem_euclid(WEEK));
        let index = self.open.partition_point(|stretch| stretch.from <= rest);
        let within = match index.checked_sub(1) {
            Some(last) => self.open[last].before + (rest.min(self.open[last].to) - self.open[last].from),
            None => 0,
        };
        weeks * self.total + within
    }

    /// The earliest moment by which `open` milliseconds were open since the Monday at 0.
    /// The week must not be closed.
    pub(super) fn reaching(&self, open: i64) -> i64 {
        let weeks = (open - 1).div_euclid(self.total);
        let rest = open - weeks * self.total;
        let index = self.open.partition_point(|stretch| stretch.before < rest).saturating_sub(1);
        let stretch = &self.open[index];
        weeks * WEEK + stretch.from + (rest - stretch.before)
    }

    /// When the stretch that is open at `at` closes; `at` itself where none is.
    pub(super) fn closing(&self, at: i64) -> i64 {
        let rest = at.rem_euclid(WEEK);
        let index = self.open.partition_point(|stretch| stretch.from <= rest);
        match index.checked_sub(1) {
            Some(last) => at + (self.open[last].to - rest).max(0),
            None => at,
        }
    }
}
