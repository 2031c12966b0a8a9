//! Holidays from a calendar file (RFC 5545): the all-day events of public and client calendars, as dates.
//!
//! It reads `VEVENT` with `DTSTART`, `DTEND` or `DURATION` in whole days, `RRULE`, `RDATE` and `EXDATE`.
//! Events with a time of day are no holidays and are passed over, as are cancelled ones. A rule it does not
//! understand is refused with its line, never guessed: a holiday that is missed moves a deadline. Half days are no part of these files; they are written as `special` days of the calendar.

mod rule;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::{Date, HOLIDAYS_MAX};
use rule::Rule;

/// Characters a file may have.
pub const ICS_LENGTH_MAX: usize = 4_000_000;
/// Days one event may last.
const EVENT_DAYS_MAX: i64 = 366;

/// Why a calendar file cannot be taken in, in words for whoever chose it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IcsError {
    /// Not such a file at all.
    #[error("this is no calendar file: it has no BEGIN:VCALENDAR")]
    NotACalendar,
    /// Longer than anyone's holidays.
    #[error("the file has more than {ICS_LENGTH_MAX} characters; export fewer years")]
    TooLong,
    /// A line that is not understood.
    #[error("line {line}: {what}")]
    Line {
        /// Where, counted from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// More holidays than a calendar may carry.
    #[error("the file has more than {HOLIDAYS_MAX} holidays in these years; take fewer years")]
    TooMany,
}

/// The holidays of a calendar file in the years asked for.
///
/// ```
/// use incident::calendar::ics::holidays;
/// let file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20240101\r\n\
///             RRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let days = holidays(file, 2026..=2027).expect("a calendar");
/// let days: Vec<_> = days.iter().map(ToString::to_string).collect();
/// assert_eq!(days, ["2026-01-01", "2027-01-01"]);
/// ```
pub fn holidays(text: &str, years: RangeInclusive<i16>) -> Result<BTreeSet<Date>, IcsError> {
    if text.len() > ICS_LENGTH_MAX {
        return Err(IcsError::TooLong);
    }
    let lines = unfolded(text);
    if !lines.iter().any(|(_, line)| line.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return Err(IcsError::NotACalendar);
    }
    let mut days = BTreeSet::new();
    let mut event: Option<Event> = None;
    // Alarms and the like inside of an event have properties of the same names.
    let mut inside = 0_usize;
    for (number, line) in lines {
        let at = |what: String| IcsError::Line { line: number, what };
        let Some(property) = Property::of(&line) else { continue };
        match (property.name.as_str(), property.value) {
            ("BEGIN", value) if value.eq_ignore_ascii_case("VEVENT") => event = Some(Event::at(number)),
            ("BEGIN", _) if event.is_some() => inside += 1,
            ("END", value) if value.eq_ignore_ascii_case("VEVENT") => {
                if let Some(event) = event.take() {
                    event.days(&years, &mut days)?;
                }
            }
            ("END", _) if inside > 0 => inside -= 1,
            (name, _) if inside == 0 => {
                if let Some(event) = &mut event {
                    event.take(number, name, &property).map_err(at)?;
                }
            }
            (_, _) => {}
        }
    }
    Ok(days)
}

/// Logical lines with the number of their first physical one: a line that begins with a blank goes on.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (place, line) in text.lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            (_, _) => lines.push((place + 1, line.trim_end().to_owned())),
        }
    }
    lines
}

/// `NAME;PARAMETER=x:value`.
struct Property<'a> {
    name: String,
    parameters: Vec<&'a str>,
    value: &'a str,
}

impl<'a> Property<'a> {
    fn of(line: &'a str) -> Option<Self> {
        // A colon inside of quotes belongs to a parameter.
        let mut is_quoted = false;
        let colon = line.char_indices().find(|(_, c)| {
            is_quoted ^= *c == '"';
            *c == ':' && !is_quoted
        });
        let (head, value) = line.split_at(colon?.0);
        let mut parts = head.split(';');
        let name = parts.next()?.to_ascii_uppercase();
        Some(Self { name, parameters: parts.collect(), value: value.get(1..)?.trim() })
    }
}

/// One event as it is read.
struct Event {
    line: usize,
    start: Option<Date>,
    end: Option<Date>,
    lasts: Option<i64>,
    /// The rule as it is written, and on which line: whether it is a holiday's is known at the end.
    rule: Option<(usize, String)>,
    added: Vec<Date>,
    left_out: BTreeSet<Date>,
    is_holiday: bool,
}

impl Event {
    const fn at(line: usize) -> Self {
        Self {
            line,
            start: None,
            end: None,
            lasts: None,
            rule: None,
            added: Vec::new(),
            left_out: BTreeSet::new(),
            is_holiday: true,
        }
    }

    fn take(&mut self, line: usize, name: &str, property: &Property<'_>) -> Result<(), String> {
        let value = property.value;
        match name {
            // A time of day is an appointment, not a day off.
            "DTSTART" if value.contains('T') => self.is_holiday = false,
            "DTSTART" => self.start = Some(date(value)?),
            "DTEND" if !value.contains('T') => self.end = Some(date(value)?),
            "DURATION" => self.lasts = Some(whole_days(value)?),
            "RRULE" if self.rule.is_some() => return Err("a second RRULE is not understood".into()),
            "RRULE" => self.rule = Some((line, value.to_owned())),
            "EXRULE" => return Err("EXRULE is not understood; write the dates as EXDATE".into()),
            "RDATE" if self.is_holiday => {
                if property.parameters.iter().any(|p| p.eq_ignore_ascii_case("VALUE=PERIOD")) {
                    return Err("RDATE with periods is not understood".into());
                }
                self.added.extend(dates(value)?);
            }
            "EXDATE" if self.is_holiday => self.left_out.extend(dates(value)?),
            "STATUS" if value.eq_ignore_ascii_case("CANCELLED") => self.is_holiday = false,
            _ => {}
        }
        Ok(())
    }

    fn days(self, years: &RangeInclusive<i16>, into: &mut BTreeSet<Date>) -> Result<(), IcsError> {
        if !self.is_holiday {
            return Ok(());
        }
        let at = |what: &str| IcsError::Line { line: self.line, what: what.to_owned() };
        let start = self.start.ok_or_else(|| at("the event has no DTSTART"))?;
        let span = self.end.map(|end| end.day_number() - start.day_number()).or(self.lasts).unwrap_or(1);
        if !(0..=EVENT_DAYS_MAX).contains(&span) {
            return Err(at("the event ends before it begins, or lasts longer than a year"));
        }
        let mut starts: BTreeSet<Date> = match &self.rule {
            Some((line, rule)) => {
                let rule = Rule::parse(rule).map_err(|what| IcsError::Line { line: *line, what })?;
                rule.dates(start, *years.end())
            }
            None => BTreeSet::from([start]),
        };
        starts.extend(self.added);
        for first in starts.difference(&self.left_out) {
            for day in 0..span.max(1) {
                let Some(date) = Date::of_day_number(first.day_number() + day) else { continue };
                if years.contains(&date.year()) {
                    into.insert(date);
                }
            }
            if into.len() > HOLIDAYS_MAX {
                return Err(IcsError::TooMany);
            }
        }
        Ok(())
    }
}

fn dates(value: &str) -> Result<Vec<Date>, String> {
    value.split(',').map(date).collect()
}

/// `20261231`, or the day of `20261231T000000Z`.
fn date(value: &str) -> Result<Date, String> {
    let unreadable =
        || format!("\"{}\" is not a date such as 20261231", value.chars().take(40).collect::<String>());
    let day = value.split('T').next().unwrap_or_default();
    if day.len() != 8 || !day.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(unreadable());
    }
    let part = |range: std::ops::Range<usize>| day.get(range)?.parse::<i16>().ok();
    let (year, month, day) = (part(0..4), part(4..6), part(6..8));
    let small = |part: Option<i16>| part.and_then(|part| i8::try_from(part).ok());
    year.zip(small(month)).zip(small(day)).and_then(|((y, m), d)| Date::new(y, m, d)).ok_or_else(unreadable)
}

/// `P1D` or `P2W`.
fn whole_days(value: &str) -> Result<i64, String> {
    let days = || {
        let span = value.strip_prefix("+").unwrap_or(value).strip_prefix('P')?;
        match (span.strip_suffix('D'), span.strip_suffix('W')) {
            (Some(days), _) => days.parse::<u16>().ok().map(i64::from),
            (None, Some(weeks)) => weeks.parse::<u8>().ok().map(|weeks| i64::from(weeks) * 7),
            (None, None) => None,
        }
    };
    days().ok_or_else(|| {
        format!("a DURATION of {} is not whole days", value.chars().take(40).collect::<String>())
    })
}
