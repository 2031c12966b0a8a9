//! The compiled calendar: every question about business time is asked here.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::pauses::from_start;
use super::timeline::{Days, END_DAY, FIRST_DAY, Timeline};
use super::week::DAY;
use super::zone::{self, Local, Offsets};
use super::{
    Calendar, CalendarError, Date, HOLIDAYS_MAX, Hours, OPENINGS_PER_DAY_MAX, Opening, SPECIAL_DAYS_MAX,
};
use crate::{Span, Timestamp};

/// When a budget of open time is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// At this instant. Stopping at it is met (ruling 7).
    At(Timestamp),
    /// The calendar has not that much open time left before 2200, or the start lies before 1970.
    Never,
}

impl Due {
    /// The instant, where there is one.
    pub const fn at(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::Never => None,
        }
    }
}

/// A calendar made ready for arithmetic: immutable, a few kilobytes, shared between threads.
///
/// ```
/// use incident::calendar::{Calendar, CalendarId, Due, Hours, Index, Opening};
/// # use incident::Timestamp;
/// let day = vec![Opening::parse("09:00", "17:00").expect("hours")];
/// let mut week: [Vec<Opening>; 7] = std::array::from_fn(|_| day.clone());
/// (week[5], week[6]) = (vec![], vec![]);
/// let hours = Hours::Weekly { week, holidays: Default::default(), special: Default::default() };
/// let office = Calendar {
///     id: CalendarId::UNKEPT, name: "Office".into(), zone: "America/New_York".into(), hours, version: 1,
/// };
/// let index = Index::compile(&office).expect("a good calendar");
/// // Friday 16:00 and eight hours, over a weekend that is an hour short: Monday 16:00.
/// let friday = Timestamp::from_rfc3339("2026-03-06T16:00:00-05:00").expect("an instant");
/// let due = index.add(friday, 8 * 3_600_000).at().expect("a deadline");
/// assert_eq!(due.to_rfc3339(), "2026-03-09T20:00:00Z");
/// ```
pub struct Index {
    zone: TimeZone,
    open: OpenTime,
}

enum OpenTime {
    Always,
    Weekly(Timeline),
}

/// The beginning of every calendar, 1970-01-01T00:00:00Z.
const BEGIN: i64 = 0;
/// The end of every calendar, 2200-01-01T00:00:00Z.
const HORIZON: i64 = END_DAY * DAY;

impl Index {
    /// Checks a calendar and prepares it.
    pub fn compile(calendar: &Calendar) -> Result<Self, CalendarError> {
        let zone = zone::find(&calendar.zone)?;
        let open = match &calendar.hours {
            Hours::Always => OpenTime::Always,
            Hours::Weekly { week, holidays, special } => {
                check(week, holidays, special)?;
                let closed = holidays.iter().map(|date| (date.day_number(), &[][..]));
                let own = special.iter().map(|(date, openings)| (date.day_number(), openings.as_slice()));
                let days = Days { week, own: closed.chain(own).collect() };
                let offsets = Offsets::between(&zone, (FIRST_DAY - 2) * DAY, (END_DAY + 2) * DAY);
                OpenTime::Weekly(Timeline::new(&days, &offsets))
            }
        };
        Ok(Self { zone, open })
    }

    /// Whether calendars count at this instant at all.
    pub const fn counts_at(at: Timestamp) -> bool {
        BEGIN <= at.millis() && at.millis() <= HORIZON
    }

    /// When `budget_ms` of open time from `start` is used up.
    pub fn add(&self, start: Timestamp, budget_ms: i64) -> Due {
        if !Self::counts_at(start) {
            return Due::Never;
        }
        if budget_ms <= 0 {
            return Due::At(start);
        }
        let at = match &self.open {
            OpenTime::Always => start.millis().checked_add(budget_ms).filter(|at| *at <= HORIZON),
            OpenTime::Weekly(timeline) => timeline
                .open_before(start.millis())
                .checked_add(budget_ms)
                .and_then(|open| timeline.reaching(open)),
        };
        at.map_or(Due::Never, |at| Due::At(Timestamp::from_millis(at)))
    }

    /// Open milliseconds from one instant to a later one; 0 where it is not later.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> i64 {
        let (from, to) = (from.millis().clamp(BEGIN, HORIZON), to.millis().clamp(BEGIN, HORIZON));
        if to <= from {
            return 0;
        }
        match &self.open {
            OpenTime::Always => to - from,
            OpenTime::Weekly(timeline) => timeline.open_before(to) - timeline.open_before(from),
        }
    }

    /// When `budget_ms` of open time is used up, where open time within pauses does not count.
    /// Pauses may overlap, be out of order, have no length, or begin before `start`.
    pub fn due(&self, start: Timestamp, budget_ms: i64, pauses: &[Span]) -> Due {
        if pauses.is_empty() || budget_ms <= 0 || !Self::counts_at(start) {
            return self.add(start, budget_ms);
        }
        let (mut running_from, mut left) = (start, budget_ms);
        for (from, to) in from_start(pauses, start.millis()) {
            let counted = self.between(running_from, Timestamp::from_millis(from));
            if counted >= left {
                break;
            }
            left -= counted;
            running_from = Timestamp::from_millis(to);
        }
        self.add(running_from, left)
    }

    /// Open milliseconds from `start` to `end` outside of pauses.
    pub fn elapsed(&self, start: Timestamp, end: Timestamp, pauses: &[Span]) -> i64 {
        let mut counted = self.between(start, end);
        if counted > 0 && !pauses.is_empty() {
            for (from, to) in from_start(pauses, start.millis()) {
                let to = Timestamp::from_millis(to).min(end);
                counted = counted.saturating_sub(self.between(Timestamp::from_millis(from), to));
            }
        }
        counted.max(0)
    }

    /// The instant as the wall clock of the calendar's zone shows it.
    pub fn local(&self, at: Timestamp) -> Local {
        zone::local_in(at, &self.zone)
    }

    /// The first open stretch that ends after `at`, cut to lie between `at` and `end`.
    pub(super) fn stretch_after(&self, at: i64, end: i64) -> Option<(i64, i64)> {
        let (at, end) = (at.max(BEGIN), end.min(HORIZON));
        match &self.open {
            OpenTime::Always => (at < end).then_some((at, end)),
            OpenTime::Weekly(timeline) => timeline.stretch_after(at, end),
        }
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("zone", &self.zone.iana_name()).finish_non_exhaustive()
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn check(
    week: &[Vec<Opening>; 7],
    holidays: &BTreeSet<Date>,
    special: &BTreeMap<Date, Vec<Opening>>,
) -> Result<(), CalendarError> {
    let lists =
        [("holidays", holidays.len(), HOLIDAYS_MAX), ("special days", special.len(), SPECIAL_DAYS_MAX)];
    for (what, count, limit) in lists {
        if count > limit {
            return Err(CalendarError::TooManyDays { what, count, limit });
        }
    }
    for (openings, day) in week.iter().zip(WEEKDAYS) {
        check_day(openings, day)?;
    }
    for (date, openings) in special {
        check_day(openings, &date.to_string())?;
    }
    Ok(())
}

fn check_day(openings: &[Opening], day: &str) -> Result<(), CalendarError> {
    if openings.len() > OPENINGS_PER_DAY_MAX {
        return Err(CalendarError::TooManyOpenings { day: day.to_owned(), count: openings.len() });
    }
    let mut sorted = openings.to_vec();
    sorted.sort_unstable();
    for opening in &sorted {
        opening.check(day)?;
    }
    for pair in sorted.windows(2) {
        if pair[1].from_minute < pair[0].to_minute {
            return Err(CalendarError::Overlap { day: day.to_owned(), first: pair[0], second: pair[1] });
        }
    }
    Ok(())
}
