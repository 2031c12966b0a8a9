//! Business time: opening hours in a zone, and the arithmetic of targets over them (§3.3, §6.0).
//!
//! A [`Calendar`] is configuration with a version; [`Index::compile`] turns it into the engine that answers
//! "when is it due" and "how much has run". Opening hours are wall-clock times, durations are elapsed
//! milliseconds, so a night shift lasts seven hours in spring and nine in autumn.
//!
//! Three sentences decide every edge:
//! - An opening lasts from the *first* instant its wall time is reached to the *last* instant its closing
//!   time is shown; 24:00 is the end of that local day; what touches or overlaps is one stretch.
//! - Stretches are half-open: the opening instant belongs to them, the closing instant does not.
//! - A deadline is the *earliest* instant, not before the start, at which the budget is used up. So a deadline
//!   at closing time is that closing instant (ruling 7), one at the moment a pause begins is that moment, and
//!   a budget of nothing (or less) is due at the start itself, open or closed.
//!
//! It knows nothing of agreements, clocks or reasons for a pause (`agreement` and `clock` do), and never reads
//! a clock. Calendars count from 1970 to 2200; beyond that nothing is open and nothing falls due.

mod date;
pub mod ics;
mod index;
mod pauses;
mod proof;
mod timeline;
mod week;
mod zone;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

pub use date::Date;
pub use index::{Due, Index};
pub use proof::{Counting, Segment};
pub(crate) use week::{DAY, weekday};
pub use zone::{Local, instant, local, tzdb_version};
pub(crate) use zone::{Offsets, find as zone_named};

/// Openings one day may have.
pub const OPENINGS_PER_DAY_MAX: usize = 12;
/// Holidays one calendar may list.
pub const HOLIDAYS_MAX: usize = 4_000;
/// Days with hours of their own one calendar may list.
pub const SPECIAL_DAYS_MAX: usize = 1_000;
/// The end of a day, 24:00, as a minute of that day.
pub const DAY_END_MINUTE: u16 = 1_440;

/// A calendar. Agreements name it; its version is stamped on every verdict (ruling 14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct CalendarId(pub Uuid);

impl CalendarId {
    /// Of a calendar that is compiled on the spot and kept nowhere: oracles and benches.
    pub const UNKEPT: Self = Self(Uuid::nil());
}

impl std::fmt::Display for CalendarId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for CalendarId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// When a service counts as open, as an agreement promises it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Calendar {
    /// Which calendar.
    pub id: CalendarId,
    /// What people call it.
    pub name: String,
    /// IANA name of the zone its hours are written in, such as `Europe/Berlin`.
    pub zone: String,
    /// Its opening hours.
    pub hours: Hours,
    /// Rises with every change; running clocks keep the version they started with.
    pub version: u32,
}

/// Opening hours, in wall-clock time of the calendar's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "few calendars exist, and they are lent, not moved")]
pub enum Hours {
    /// Day and night, holidays too.
    Always,
    /// The same week over and over, but for the days listed.
    Weekly {
        /// Openings of each weekday, Monday first.
        week: [Vec<Opening>; 7],
        /// Days without any opening.
        #[serde(default)]
        holidays: BTreeSet<Date>,
        /// Days with hours of their own: half days and extra days. They win over a holiday of the same date.
        #[serde(default)]
        special: BTreeMap<Date, Vec<Opening>>,
    },
}

/// One opening of a day. A night shift is two: 22:00 to 24:00, and 00:00 to 06:00 of the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct Opening {
    /// Minute of the day it opens, from 0.
    pub from_minute: u16,
    /// Minute of the day it closes, to 1440, which is 24:00.
    pub to_minute: u16,
}

impl Opening {
    /// Reads two wall times, such as `09:00` and `24:00`.
    ///
    /// ```
    /// use incident::calendar::Opening;
    /// let shift = Opening::parse("22:00", "24:00").expect("a late shift");
    /// assert_eq!((shift.from_minute, shift.to_minute), (1320, 1440));
    /// assert!(Opening::parse("22:00", "06:00").is_err());
    /// ```
    pub fn parse(from: &str, to: &str) -> Result<Self, CalendarError> {
        let minute = |text: &str| {
            minute_of_day(text).ok_or_else(|| CalendarError::WallTime(text.chars().take(40).collect()))
        };
        let opening = Self { from_minute: minute(from)?, to_minute: minute(to)? };
        opening.check("the opening")?;
        Ok(opening)
    }

    /// `day` is how the error names the day.
    fn check(self, day: &str) -> Result<(), CalendarError> {
        if self.from_minute < self.to_minute && self.to_minute <= DAY_END_MINUTE {
            return Ok(());
        }
        Err(CalendarError::Opening { day: day.to_owned(), opening: self })
    }
}

impl std::fmt::Display for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (from, to) = (self.from_minute, self.to_minute);
        write!(f, "{:02}:{:02} to {:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

fn minute_of_day(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let two_digits = |part: &str| {
        (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u16>().ok())?
    };
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= DAY_END_MINUTE).then_some(minute)
}

/// Why a calendar cannot be used, in words for the person who writes it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The zone is not in the bundled database.
    #[error("\"{0}\" is not a time zone of tz database {version}; write an IANA name such as Europe/Berlin", version = tzdb_version())]
    UnknownZone(String),
    /// An opening that ends before it begins, or after the day.
    #[error(
        "{day}: {opening} is not an opening; it must end later than it begins, at 24:00 at the latest. Write a night shift as two openings, up to 24:00 and from 00:00 of the next day"
    )]
    Opening {
        /// The day it is written under.
        day: String,
        /// What is written there.
        opening: Opening,
    },
    /// Two openings of one day share time.
    #[error("{day}: {first} and {second} overlap; make them one opening")]
    Overlap {
        /// The day they are written under.
        day: String,
        /// The earlier one.
        first: Opening,
        /// The one that begins inside it.
        second: Opening,
    },
    /// More openings in a day than anyone keeps.
    #[error("{day} has {count} openings; at most {OPENINGS_PER_DAY_MAX} are allowed")]
    TooManyOpenings {
        /// The day they are written under.
        day: String,
        /// How many there are.
        count: usize,
    },
    /// More holidays or days of their own hours than a calendar may carry.
    #[error("the calendar lists {count} {what}; at most {limit} are allowed: drop those of past years")]
    TooManyDays {
        /// Which list.
        what: &'static str,
        /// How many it has.
        count: usize,
        /// How many it may have.
        limit: usize,
    },
    /// Not a date of the civil calendar.
    #[error("\"{0}\" is not a date; write it as 2026-12-31")]
    Date(String),
    /// Not a wall time, with or without its date.
    #[error("\"{0}\" is not a wall time; write it as 09:00, or with its date as 2026-12-31T09:00:00")]
    WallTime(String),
}
