//! Recurrence rules as holidays use them: yearly, by month, by day of the month, by weekday with its ordinal;
//! weekly; monthly. What else RFC 5545 knows is refused by name.

use std::collections::BTreeSet;

use super::super::Date;

/// How often at most a rule without an end is followed; the years asked for end it long before.
const STEPS_MAX: i32 = 20_000;
const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frequency {
    Yearly,
    Monthly,
    Weekly,
    Daily,
}

/// A weekday, and which of them where it says so: `-1MO` is the last Monday.
#[derive(Debug, Clone, Copy)]
struct Weekday {
    ordinal: Option<i8>,
    /// Monday is 0.
    weekday: i64,
}

/// A rule that was understood.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    frequency: Frequency,
    interval: i32,
    count: Option<u32>,
    until: Option<Date>,
    months: BTreeSet<i8>,
    days: Vec<i8>,
    weekdays: Vec<Weekday>,
}

impl Rule {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut frequency = None;
        let mut other_week = None;
        let mut rule = Self {
            frequency: Frequency::Yearly,
            interval: 1,
            count: None,
            until: None,
            months: BTreeSet::new(),
            days: Vec::new(),
            weekdays: Vec::new(),
        };
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or_else(|| format!("RRULE: {part} has no value"))?;
            let wrong = || format!("RRULE: {name}={value} is not understood");
            match name.to_ascii_uppercase().as_str() {
                "FREQ" => frequency = Some(frequency_of(value).ok_or_else(wrong)?),
                "INTERVAL" => rule.interval = number(value, 1..=1_000).ok_or_else(wrong)?,
                "COUNT" => rule.count = Some(number(value, 1..=100_000).ok_or_else(wrong)?.unsigned_abs()),
                "UNTIL" => rule.until = Some(super::date(value)?),
                "BYMONTH" => rule.months = small(value, 1..=12).ok_or_else(wrong)?.into_iter().collect(),
                "BYMONTHDAY" => rule.days = small(value, -31..=31).ok_or_else(wrong)?,
                "BYDAY" => {
                    rule.weekdays = value.split(',').map(weekday).collect::<Option<_>>().ok_or_else(wrong)?
                }
                // Monday is what it says without a word.
                "WKST" if value.eq_ignore_ascii_case("MO") => {}
                "WKST" => other_week = Some(wrong()),
                _ => return Err(wrong()),
            }
        }
        // It matters only where weeks are counted, and the interval may stand before it or behind.
        if let Some(why) = other_week.filter(|_| rule.interval != 1) {
            return Err(why);
        }
        rule.frequency = frequency.ok_or("RRULE: FREQ is missing")?;
        rule.checked()
    }

    fn checked(self) -> Result<Self, String> {
        if self.count.is_some() && self.until.is_some() {
            return Err("RRULE: COUNT and UNTIL exclude each other".into());
        }
        if self.days.contains(&0) || self.weekdays.iter().any(|day| day.ordinal == Some(0)) {
            return Err("RRULE: there is no day 0".into());
        }
        let has_ordinal = self.weekdays.iter().any(|day| day.ordinal.is_some());
        match self.frequency {
            Frequency::Weekly | Frequency::Daily if has_ordinal || !self.days.is_empty() => {
                Err("RRULE: a weekly or daily rule takes plain weekdays only".into())
            }
            // Without a month these count through the whole year, which no calendar of holidays does.
            Frequency::Yearly if !self.weekdays.is_empty() && self.months.is_empty() => {
                Err("RRULE: a yearly BYDAY needs its BYMONTH".into())
            }
            Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily => Ok(self),
        }
    }

    /// The dates from `start` to the end of `last_year`.
    pub(super) fn dates(&self, start: Date, last_year: i16) -> BTreeSet<Date> {
        let mut found = BTreeSet::new();
        let mut left = self.count.unwrap_or(u32::MAX);
        for step in 0..STEPS_MAX {
            let Some((from, candidates)) = self.period(start, step * self.interval) else { break };
            if from > last_year {
                break;
            }
            for date in candidates.into_iter().filter(|date| *date >= start) {
                if left == 0 || self.until.is_some_and(|until| date > until) {
                    return found;
                }
                left -= 1;
                found.insert(date);
            }
        }
        found
    }

    /// The first year of a period, and its dates in order. Periods are counted from the one of `start`.
    fn period(&self, start: Date, number: i32) -> Option<(i16, BTreeSet<Date>)> {
        match self.frequency {
            Frequency::Yearly => {
                let year = i16::try_from(i32::from(start.year()) + number).ok()?;
                Some((year, self.of_year(start, year)))
            }
            Frequency::Monthly => {
                let months = i32::from(start.year()) * 12 + i32::from(start.month()) - 1 + number;
                let year = i16::try_from(months.div_euclid(12)).ok()?;
                let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
                let is_named = self.months.is_empty() || self.months.contains(&month);
                let dates = if is_named { self.of_month(start, year, month) } else { BTreeSet::new() };
                Some((year, dates))
            }
            Frequency::Weekly => {
                let monday = start.day_number() - weekday_of(start) + i64::from(number) * 7;
                let own = [Weekday { ordinal: None, weekday: weekday_of(start) }];
                let days = if self.weekdays.is_empty() { &own[..] } else { &self.weekdays };
                let dates = days.iter().filter_map(|day| Date::of_day_number(monday + day.weekday));
                Some((Date::of_day_number(monday)?.year(), self.in_months(dates.collect())))
            }
            Frequency::Daily => {
                let date = Date::of_day_number(start.day_number() + i64::from(number))?;
                let fits = |day: &Weekday| day.weekday == weekday_of(date);
                let is_named = self.weekdays.is_empty() || self.weekdays.iter().any(fits);
                let dates = if is_named { BTreeSet::from([date]) } else { BTreeSet::new() };
                Some((date.year(), self.in_months(dates)))
            }
        }
    }

    fn of_year(&self, start: Date, year: i16) -> BTreeSet<Date> {
        let own = BTreeSet::from([start.month()]);
        // A day of the month without a month is that day of every month.
        let every = (1..=12).collect();
        let months = match (self.months.is_empty(), self.days.is_empty()) {
            (false, _) => &self.months,
            (true, true) => &own,
            (true, false) => &every,
        };
        months.iter().flat_map(|month| self.of_month(start, year, *month)).collect()
    }

    fn of_month(&self, start: Date, year: i16, month: i8) -> BTreeSet<Date> {
        let last = (28..=31).rev().find(|day| Date::new(year, month, *day).is_some()).unwrap_or(28);
        let all = || (1..=last).filter_map(|day| Date::new(year, month, day));
        let by_day = |date: &Date| {
            self.days.is_empty()
                || self.days.iter().any(|day| *day == date.day() || *day == date.day() - last - 1)
        };
        let by_weekday =
            |date: &Date| self.weekdays.is_empty() || self.weekdays.iter().any(|day| day.fits(*date, last));
        if self.days.is_empty() && self.weekdays.is_empty() {
            return Date::new(year, month, start.day()).into_iter().collect();
        }
        all().filter(by_day).filter(by_weekday).collect()
    }

    fn in_months(&self, dates: BTreeSet<Date>) -> BTreeSet<Date> {
        dates
            .into_iter()
            .filter(|date| self.months.is_empty() || self.months.contains(&date.month()))
            .collect()
    }
}

impl Weekday {
    fn fits(self, date: Date, last: i8) -> bool {
        if weekday_of(date) != self.weekday {
            return false;
        }
        match self.ordinal {
            None => true,
            Some(ordinal) if ordinal > 0 => (date.day() - 1) / 7 + 1 == ordinal,
            Some(ordinal) => -((last - date.day()) / 7 + 1) == ordinal,
        }
    }
}

/// Monday is 0. The first day of 1970 was a Thursday.
fn weekday_of(date: Date) -> i64 {
    (date.day_number() + 3).rem_euclid(7)
}

fn frequency_of(value: &str) -> Option<Frequency> {
    match value.to_ascii_uppercase().as_str() {
        "YEARLY" => Some(Frequency::Yearly),
        "MONTHLY" => Some(Frequency::Monthly),
        "WEEKLY" => Some(Frequency::Weekly),
        "DAILY" => Some(Frequency::Daily),
        _ => None,
    }
}

fn number(value: &str, allowed: std::ops::RangeInclusive<i32>) -> Option<i32> {
    value.parse().ok().filter(|number| allowed.contains(number))
}

fn small(value: &str, allowed: std::ops::RangeInclusive<i8>) -> Option<Vec<i8>> {
    value.split(',').map(|part| part.parse().ok().filter(|number| allowed.contains(number))).collect()
}

fn weekday(text: &str) -> Option<Weekday> {
    let text = text.to_ascii_uppercase();
    let weekday = WEEKDAYS.iter().position(|name| text.ends_with(name))?;
    let ordinal = text.strip_suffix(WEEKDAYS[weekday])?;
    let ordinal = match ordinal {
        "" => None,
        // A month has no sixth Monday.
        digits => Some(digits.parse::<i8>().ok().filter(|ordinal| ordinal.unsigned_abs() <= 5)?),
    };
    Some(Weekday { ordinal, weekday: i64::try_from(weekday).ok()? })
}
