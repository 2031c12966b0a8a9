//! `d/m/yyyy HH:MM` without a zone, read in the zone the caller names.

use incident::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;

use super::Error;

/// The zone in which the log's clock stood.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// Coordinated universal time: what a log without a zone is read in unless told otherwise.
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// A zone of the bundled rules by its IANA name.
    pub fn named(name: &str) -> Result<Self, Error> {
        match TimeZone::get(name) {
            Ok(zone) => Ok(Self(zone)),
            Err(_) => Err(Error::UnknownZone { name: super::column::shown(name) }),
        }
    }

    /// Reads a cell of the log; `None` where it is no such time.
    ///
    /// An hour that autumn repeats is its first pass; one that spring skips is the instant after.
    pub(super) fn read(&self, cell: &str) -> Option<Timestamp> {
        let local = civil_time(cell)?;
        let at = self.0.to_timestamp(local).ok()?;
        Some(Timestamp::from_millis(at.as_millisecond()))
    }
}

fn civil_time(cell: &str) -> Option<civil::DateTime> {
    let (date, clock) = cell.split_once(' ')?;
    let mut date = date.split('/');
    let (day, month, year) = (date.next()?, date.next()?, date.next()?);
    let (hour, minute) = clock.split_once(':')?;
    if date.next().is_some() || year.len() != 4 {
        return None;
    }
    civil::DateTime::new(
        i16::try_from(digits(year)?).ok()?,
        digits(month)?.try_into().ok()?,
        digits(day)?.try_into().ok()?,
        digits(hour)?.try_into().ok()?,
        digits(minute)?.try_into().ok()?,
        0,
        0,
    )
    .ok()
}

/// Digits and nothing else: `parse` alone would take a sign.
fn digits(text: &str) -> Option<u32> {
    const DIGITS_MAX: usize = 4;
    let plain = !text.is_empty() && text.len() <= DIGITS_MAX;
    (plain && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(zone: &Zone, cell: &str, expected: Option<&str>) {
        let read = zone.read(cell).map(Timestamp::to_rfc3339);
        assert_eq!(read.as_deref(), expected, "{cell}");
    }

    #[test]
    fn reads_only_the_times_of_the_log() {
        let utc = Zone::utc();
        check(&utc, "29/2/2016 01:16", Some("2016-02-29T01:16:00Z"));
        check(&utc, "5/3/2016 12:00", Some("2016-03-05T12:00:00Z"));
        for cell in [
            "",
            "?",
            "29/2/2015 01:16",
            "31/4/2016 01:16",
            "1/13/2016 01:16",
            "1/1/16 01:16",
            "1/1/2016",
            "1/1/2016 24:00",
            "1/1/2016 23:60",
            "1/1/2016 1:1:1",
            "1/1/2016/1 01:16",
            "-1/1/2016 01:16",
            "+1/1/2016 01:16",
            "1/1/99999 01:16",
            "2016-01-01 01:16",
            "1/1/2016  01:16",
            "٢٩/2/2016 01:16",
        ] {
            check(&utc, cell, None);
        }
    }

    #[test]
    fn reads_in_the_zone_it_is_told() {
        let lisbon = Zone::named("Europe/Lisbon").expect("a real zone");
        check(&lisbon, "1/7/2016 12:00", Some("2016-07-01T11:00:00Z"));
        check(&lisbon, "30/10/2016 01:30", Some("2016-10-30T00:30:00Z"));
        check(&lisbon, "27/3/2016 01:30", Some("2016-03-27T01:30:00Z"));
        assert!(matches!(Zone::named("Mars/Olympus"), Err(Error::UnknownZone { .. })));
    }
}
