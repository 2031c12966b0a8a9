//! A day of the civil calendar, as people write it: `2026-12-31`. It has no zone; the calendar has.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::CalendarError;

/// A civil date, `YYYY-MM-DD`.
///
/// ```
/// use incident::calendar::Date;
/// assert!("2024-02-29".parse::<Date>().is_ok());
/// assert!("2023-02-29".parse::<Date>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The date of that year, month and day; `None` where the calendar has none.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        (0..=9999).contains(&year).then_some(Self(date))
    }

    /// The date that many days after 1970-01-01.
    pub(super) fn of_day_number(days: i64) -> Option<Self> {
        let span = jiff::Span::new().try_days(days).ok()?;
        let date = jiff::civil::date(1970, 1, 1).checked_add(span).ok()?;
        (0..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// Its year.
    pub(crate) fn year(self) -> i16 {
        self.0.year()
    }

    /// Its month, from 1.
    pub(crate) fn month(self) -> i8 {
        self.0.month()
    }

    /// Its day of the month, from 1.
    pub(crate) fn day(self) -> i8 {
        self.0.day()
    }

    /// Days since 1970-01-01.
    pub(super) fn day_number(self) -> i64 {
        let epoch = jiff::civil::date(1970, 1, 1);
        self.0.duration_since(epoch).as_hours() / 24
    }
}

impl FromStr for Date {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = || {
            let bytes = text.as_bytes();
            let digits = |range: std::ops::Range<usize>| {
                let part = text.get(range)?;
                part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i16>().ok())?
            };
            if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
                return None;
            }
            let (month, day) = (i8::try_from(digits(5..7)?).ok()?, i8::try_from(digits(8..10)?).ok()?);
            Self::new(digits(0..4)?, month, day)
        };
        parts().ok_or_else(|| CalendarError::Date(text.chars().take(40).collect()))
    }
}

impl TryFrom<String> for Date {
    type Error = CalendarError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
