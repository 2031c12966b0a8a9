//! Calendars as configuration: what is refused and in which words, and how they travel.

use incident::calendar::{
    Calendar, CalendarError, CalendarId, Date, HOLIDAYS_MAX, Hours, Index, OPENINGS_PER_DAY_MAX, Opening,
};

use super::{OFFICE, calendar, weekdays, weekly};

fn refused(calendar: &Calendar) -> CalendarError {
    Index::compile(calendar).expect_err("a bad calendar")
}

fn mondays(monday: Vec<Opening>) -> Calendar {
    let Hours::Weekly { mut week, holidays, special } = weekly(weekdays(OFFICE), &[]) else {
        unreachable!("weekly")
    };
    week[0] = monday;
    calendar("UTC", Hours::Weekly { week, holidays, special })
}

fn minutes(from_minute: u16, to_minute: u16) -> Opening {
    Opening { from_minute, to_minute }
}

#[test]
fn an_unknown_zone_is_refused_whatever_the_hours() {
    for zone in ["Mars/Olympus", "", "../etc/passwd", &"x".repeat(100_000)] {
        assert!(matches!(refused(&calendar(zone, Hours::Always)), CalendarError::UnknownZone(_)));
    }
    let told = refused(&calendar("Mars/Olympus", Hours::Always)).to_string();
    assert!(told.starts_with("\"Mars/Olympus\" is not a time zone of tz database 20"), "{told}");
}

#[test]
fn a_bad_opening_is_refused_with_its_day() {
    for bad in [minutes(540, 540), minutes(1320, 360), minutes(0, 1441), minutes(u16::MAX, u16::MAX)] {
        let told = refused(&mondays(vec![minutes(0, 60), bad])).to_string();
        assert!(told.starts_with("Monday: ") && told.contains("two openings"), "{told}");
    }
}

#[test]
fn overlapping_openings_are_refused_and_touching_ones_are_not() {
    let told = refused(&mondays(vec![minutes(700, 900), minutes(540, 720)])).to_string();
    assert_eq!(told, "Monday: 09:00 to 12:00 and 11:40 to 15:00 overlap; make them one opening");
    assert!(Index::compile(&mondays(vec![minutes(720, 900), minutes(540, 720)])).is_ok());
}

#[test]
fn lists_have_limits() {
    let opened =
        |times: usize| mondays((0..times as u16).map(|hour| minutes(hour * 60, hour * 60 + 30)).collect());
    assert!(Index::compile(&opened(OPENINGS_PER_DAY_MAX)).is_ok());
    let many = refused(&opened(OPENINGS_PER_DAY_MAX + 1));
    assert!(matches!(many, CalendarError::TooManyOpenings { count: 13, .. }));
    let closed_on = |count: usize| {
        let days = (1970..2200).flat_map(|year| (1..=28).filter_map(move |day| Date::new(year, 3, day)));
        let holidays = days.take(count).collect();
        calendar("UTC", Hours::Weekly { week: Default::default(), holidays, special: Default::default() })
    };
    assert!(Index::compile(&closed_on(HOLIDAYS_MAX)).is_ok());
    let many = refused(&closed_on(HOLIDAYS_MAX + 1));
    assert!(matches!(many, CalendarError::TooManyDays { count: 4_001, .. }));
}

#[test]
fn a_calendar_travels_as_json() {
    let sent = calendar("Europe/Berlin", weekly(weekdays(OFFICE), &["2026-12-25"]));
    let json = serde_json::to_value(&sent).expect("json");
    assert_eq!(json["hours"]["weekly"]["holidays"][0], "2026-12-25");
    assert_eq!(json["hours"]["weekly"]["week"][0][0]["from_minute"], 540);
    assert_eq!(serde_json::from_value::<Calendar>(json).expect("a calendar"), sent);
    let round = calendar("UTC", Hours::Always);
    let json = serde_json::to_string(&round).expect("json");
    assert_eq!(serde_json::from_str::<Calendar>(&json).expect("a calendar"), round);
}

#[test]
fn a_calendar_is_named_as_it_is_read() {
    let name = "0198a1f0-0000-7000-8000-00000000000c";
    let id: CalendarId = name.parse().expect("an id");
    assert_eq!(id.to_string(), name);
}

#[test]
fn dates_and_wall_times_are_read_strictly() {
    for bad in [
        "2026-2-3",
        "2026-02-30",
        "20260203",
        "2026-02-03T00:00",
        "2026-02-031",
        "2026/02-03",
        "2026-02/03",
        " 2026-02-03",
        "-026-02-03",
        "２026-02-0",
    ] {
        assert!(bad.parse::<Date>().is_err(), "{bad}");
    }
    for (from, to) in
        [("9:00", "17:00"), ("09:00", "24:01"), ("09:60", "17:00"), ("+9:00", "17:00"), ("", "")]
    {
        assert!(Opening::parse(from, to).is_err(), "{from} {to}");
    }
}
