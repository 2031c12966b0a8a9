//! Business time: the worked vectors by their names, the traps of calendars, the given cases, and the laws.

#[path = "business_time/cases.rs"]
mod cases;
#[path = "business_time/configuration.rs"]
mod configuration;
#[path = "business_time/holidays.rs"]
mod holidays;
#[path = "business_time/laws.rs"]
mod laws;
#[path = "business_time/traps.rs"]
mod traps;
#[path = "business_time/vectors.rs"]
mod vectors;

use std::collections::{BTreeMap, BTreeSet};

use incident::calendar::{Calendar, CalendarId, Date, Due, Hours, Index, Opening};
use incident::{Span, Timestamp};

const HOUR: i64 = 3_600_000;
const OFFICE: &[(&str, &str)] = &[("09:00", "17:00")];
const CLOSED: &[(&str, &str)] = &[];

/// Seven days of openings, Monday first.
type Week<'a> = [&'a [(&'a str, &'a str)]; 7];

fn openings(day: &[(&str, &str)]) -> Vec<Opening> {
    day.iter().map(|(from, to)| Opening::parse(from, to).expect("an opening")).collect()
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn calendar(zone: &str, hours: Hours) -> Calendar {
    Calendar { id: CalendarId::UNKEPT, name: "tested".to_owned(), zone: zone.to_owned(), hours, version: 1 }
}

fn weekly(week: Week<'_>, holidays: &[&str]) -> Hours {
    let holidays: BTreeSet<Date> = holidays.iter().map(|text| date(text)).collect();
    Hours::Weekly { week: week.map(openings), holidays, special: BTreeMap::new() }
}

fn index(zone: &str, week: Week<'_>, holidays: &[&str]) -> Index {
    Index::compile(&calendar(zone, weekly(week, holidays))).expect("a good calendar")
}

/// The same openings from Monday to Friday.
fn weekdays<'a>(day: &'a [(&'a str, &'a str)]) -> Week<'a> {
    [day, day, day, day, day, CLOSED, CLOSED]
}

fn new_york() -> Index {
    index("America/New_York", weekdays(OFFICE), &[])
}

fn always(zone: &str) -> Index {
    Index::compile(&calendar(zone, Hours::Always)).expect("a good calendar")
}

/// An instant, written with its offset.
fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).unwrap_or_else(|| panic!("not an instant: {text}"))
}

fn pause(from: &str, to: &str) -> Span {
    Span { from: at(from), to: at(to) }
}

#[track_caller]
fn assert_due(index: &Index, start: &str, budget_ms: i64, pauses: &[Span], expected: &str) {
    let due = index.due(at(start), budget_ms, pauses);
    assert_eq!(
        due,
        Due::At(at(expected)),
        "got {:?}, expected {expected}",
        due.at().map(|at| index.local(at))
    );
}
