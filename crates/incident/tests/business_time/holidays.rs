//! Calendar files as holidays: traps 39 and 40, what is understood, and what is refused by its line.

use incident::calendar::ics::{ICS_LENGTH_MAX, IcsError, holidays};
use incident::calendar::{HOLIDAYS_MAX, Hours, Index};

use super::{OFFICE, at, calendar, weekdays, weekly};

fn file(events: &[&str]) -> String {
    let events: Vec<_> =
        events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.concat())
}

#[track_caller]
fn assert_days(event: &str, years: std::ops::RangeInclusive<i16>, expected: &[&str]) {
    let days = holidays(&file(&[event]), years).expect("a calendar that is understood");
    let days: Vec<_> = days.iter().map(ToString::to_string).collect();
    assert_eq!(days, expected, "{event}");
}

fn refused(event: &str) -> String {
    holidays(&file(&[event]), 2026..=2026).expect_err("not understood").to_string()
}

#[test]
fn trap_39_holidays_of_a_region_become_a_calendar() {
    let german = file(&[
        "SUMMARY:Tag der Deutschen Einheit\r\nDTSTART;VALUE=DATE:19901003\r\nRRULE:FREQ=YEARLY",
        "SUMMARY:Weihnachten\r\nDTSTART;VALUE=DATE:20201225\r\nDTEND;VALUE=DATE:20201227\r\nRRULE:FREQ=YEARLY",
    ]);
    let days = holidays(&german, 2026..=2026).expect("a calendar");
    let Hours::Weekly { week, special, .. } = weekly(weekdays(OFFICE), &[]) else { unreachable!("weekly") };
    let hours = Hours::Weekly { week, special, holidays: days };
    let berlin = Index::compile(&calendar("Europe/Berlin", hours)).expect("a good calendar");
    let from = |text: &str| at(&format!("{text}T00:00:00+01:00"));
    assert_eq!(berlin.between(from("2026-12-25"), from("2026-12-28")), 0);
    assert_eq!(berlin.between(from("2026-12-24"), from("2026-12-25")), 8 * super::HOUR);
}

#[test]
fn trap_40_holidays_that_move_are_computed_for_each_year() {
    let cases: [(&str, &[&str]); 6] = [
        (
            "DTSTART;VALUE=DATE:19971127\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            &["2026-11-26", "2027-11-25"],
        ),
        (
            "DTSTART;VALUE=DATE:19710531\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
            &["2026-05-25", "2027-05-31"],
        ),
        // The Tuesday after the first Monday of November.
        (
            "DTSTART;VALUE=DATE:20001107\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=TU",
            &["2026-11-03", "2027-11-02"],
        ),
        ("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY", &[]),
        (
            "DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1",
            &["2026-01-31", "2026-07-31", "2027-01-31", "2027-07-31"],
        ),
        ("DTSTART;VALUE=DATE:20261228\r\nRRULE:FREQ=WEEKLY;COUNT=2", &["2026-12-28", "2027-01-04"]),
    ];
    for (event, expected) in cases {
        assert_days(event, 2026..=2027, expected);
    }
    assert_days(
        "DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY",
        2025..=2032,
        &["2028-02-29", "2032-02-29"],
    );
}

#[test]
fn trap_40_ends_counts_and_dates_left_out() {
    let until = "DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY;UNTIL=20270101";
    assert_days(until, 2026..=2030, &["2026-01-01", "2027-01-01"]);
    let count = "DTSTART;VALUE=DATE:20250101\r\nRRULE:FREQ=YEARLY;COUNT=2";
    assert_days(count, 2020..=2030, &["2025-01-01", "2026-01-01"]);
    let left_out = "DTSTART;VALUE=DATE:20250101\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20260101,20280101\r\nRDATE;VALUE=DATE:20260102";
    assert_days(left_out, 2025..=2028, &["2025-01-01", "2026-01-02", "2027-01-01"]);
    let odd_years = "DTSTART;VALUE=DATE:20210704\r\nRRULE:FREQ=YEARLY;INTERVAL=2";
    assert_days(odd_years, 2026..=2030, &["2027-07-04", "2029-07-04"]);
    let days = "DTSTART;VALUE=DATE:20261224\r\nDURATION:P3D";
    assert_days(days, 2026..=2026, &["2026-12-24", "2026-12-25", "2026-12-26"]);
    let week = "DTSTART;VALUE=DATE:20260401\r\nDURATION:P1W";
    let april = ["01", "02", "03", "04", "05", "06", "07"].map(|day| format!("2026-04-{day}"));
    assert_days(week, 2026..=2026, &april.each_ref().map(String::as_str));
    // An end with a time of day says nothing about days.
    let odd_end = "DTSTART;VALUE=DATE:20260105\r\nDTEND:20260107T120000Z";
    assert_days(odd_end, 2026..=2026, &["2026-01-05"]);
}

#[test]
fn appointments_cancelled_days_and_alarms_are_no_holidays() {
    assert_days("DTSTART:20260105T090000Z\r\nRRULE:FREQ=HOURLY", 2026..=2026, &[]);
    // Nothing else in an appointment is read, so that nothing else in it is refused.
    assert_days("DTSTART:20260105T090000Z\r\nRDATE;VALUE=PERIOD:20260112T090000Z/PT1H", 2026..=2026, &[]);
    assert_days("DTSTART:20260105T090000Z\r\nEXDATE:", 2026..=2026, &[]);
    assert_days("DTSTART;VALUE=DATE:20260105\r\nSTATUS:CANCELLED", 2026..=2026, &[]);
    assert_days("DTSTART;VALUE=DATE:20260105\r\nSTATUS:CONFIRMED", 2026..=2026, &["2026-01-05"]);
    let alarm = "DTSTART;VALUE=DATE:20260105\r\nBEGIN:VALARM\r\nDURATION:PT5M\r\nEND:VALARM";
    assert_days(alarm, 2026..=2026, &["2026-01-05"]);
    // The event goes on behind its alarm.
    assert_days(&format!("{alarm}\r\nRRULE:FREQ=YEARLY"), 2026..=2027, &["2026-01-05", "2027-01-05"]);
    // Folded lines, small letters, a colon in a quoted parameter.
    let folded = "dtstart;value=date;x-note=\"a:b\":2026\r\n 0105\r\nrrule:FREQ=YEARLY;\r\n COUNT=1";
    assert_days(folded, 2026..=2027, &["2026-01-05"]);
}

#[test]
fn what_is_not_understood_is_refused_with_its_line() {
    let rule = |rule: &str| refused(&format!("DTSTART;VALUE=DATE:20260101\r\nRRULE:{rule}"));
    assert_eq!(rule("FREQ=YEARLY;BYWEEKNO=20"), "line 5: RRULE: BYWEEKNO=20 is not understood");
    assert_eq!(
        rule("FREQ=YEARLY;BYMONTH=5;BYDAY=MO;BYSETPOS=-1"),
        "line 5: RRULE: BYSETPOS=-1 is not understood"
    );
    assert_eq!(rule("FREQ=HOURLY"), "line 5: RRULE: FREQ=HOURLY is not understood");
    assert_eq!(rule("FREQ=YEARLY;BYDAY=20MO"), "line 5: RRULE: BYDAY=20MO is not understood");
    assert_eq!(
        rule("FREQ=YEARLY;COUNT=1;UNTIL=20270101"),
        "line 5: RRULE: COUNT and UNTIL exclude each other"
    );
    assert_eq!(rule("FREQ=YEARLY\r\nRRULE:FREQ=DAILY"), "line 6: a second RRULE is not understood");
    assert!(rule("INTERVAL=2").contains("FREQ is missing"));
    assert!(rule("FREQ=YEARLY;INTERVAL=0").contains("INTERVAL=0"));
    assert!(refused("DTSTART;VALUE=DATE:20260230").contains("is not a date"));
    let nine_digits = refused("DTSTART;VALUE=DATE:202601011");
    assert_eq!(nine_digits, "line 4: \"202601011\" is not a date such as 20261231");
    assert!(refused("DTSTART;VALUE=DATE:20260110\r\nDTEND;VALUE=DATE:20260101").contains("ends before"));
    assert!(refused("SUMMARY:nothing").contains("no DTSTART"));
    assert!(refused("DTSTART;VALUE=DATE:20260101\r\nEXRULE:FREQ=YEARLY").contains("EXRULE"));
    assert_eq!(holidays("<html>", 2026..=2026), Err(IcsError::NotACalendar));
}

#[test]
fn no_file_is_too_much() {
    let every_day = "DTSTART;VALUE=DATE:19700101\r\nRRULE:FREQ=DAILY";
    assert_eq!(holidays(&file(&[every_day]), 1970..=2100), Err(IcsError::TooMany));
    let in_a_row = |count: usize| {
        let days = format!("DTSTART;VALUE=DATE:19700101\r\nRRULE:FREQ=DAILY;COUNT={count}");
        holidays(&file(&[&days]), 1970..=2100).map(|days| days.len())
    };
    assert_eq!(in_a_row(HOLIDAYS_MAX), Ok(HOLIDAYS_MAX));
    assert_eq!(in_a_row(HOLIDAYS_MAX + 1), Err(IcsError::TooMany));
    assert_eq!(holidays(&"x".repeat(ICS_LENGTH_MAX), 2026..=2026), Err(IcsError::NotACalendar));
    assert_eq!(holidays(&"x".repeat(ICS_LENGTH_MAX + 1), 2026..=2026), Err(IcsError::TooLong));
    let far = "DTSTART;VALUE=DATE:99991231\r\nRRULE:FREQ=YEARLY;INTERVAL=1000";
    assert_days(far, 9_999..=9_999, &["9999-12-31"]);
}

#[test]
fn weeks_and_weekdays_are_counted_from_monday() {
    let cases: [(&str, &[&str]); 7] = [
        // From a Wednesday on: its own week still has its Friday.
        (
            "DTSTART;VALUE=DATE:20260107\r\nRRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO,FR",
            &["2026-01-09", "2026-01-12", "2026-01-16"],
        ),
        (
            "DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2;WKST=MO",
            &["2026-01-05", "2026-01-19"],
        ),
        // Where every week counts, it is all the same on which day one begins.
        ("DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=WEEKLY;COUNT=2;WKST=SU", &["2026-01-05", "2026-01-12"]),
        ("DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=DAILY;COUNT=2;BYDAY=MO", &["2026-01-05", "2026-01-12"]),
        // The seventh is still in the first week of its month.
        (
            "DTSTART;VALUE=DATE:20260407\r\nRRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1TU",
            &["2026-04-07", "2027-04-06"],
        ),
        (
            "DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=-1",
            &["2026-01-31", "2026-06-30", "2026-11-30", "2027-04-30", "2027-09-30"],
        ),
        (
            "DTSTART;VALUE=DATE:20260105\r\nRRULE:FREQ=MONTHLY;COUNT=2;BYDAY=-1FR",
            &["2026-01-30", "2026-02-27"],
        ),
    ];
    for (event, expected) in cases {
        assert_days(event, 2026..=2027, expected);
    }
}

#[test]
fn a_rule_that_says_what_no_holiday_is_is_refused() {
    let rule = |rule: &str| refused(&format!("DTSTART;VALUE=DATE:20260105\r\nRRULE:{rule}"));
    for (text, why) in [
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "WKST=SU is not understood"),
        ("FREQ=WEEKLY;WKST=SU;INTERVAL=2", "WKST=SU is not understood"),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=0", "there is no day 0"),
        ("FREQ=MONTHLY;BYDAY=0MO", "there is no day 0"),
        ("FREQ=WEEKLY;BYDAY=1MO", "a weekly or daily rule takes plain weekdays only"),
        ("FREQ=DAILY;BYMONTHDAY=5", "a weekly or daily rule takes plain weekdays only"),
        ("FREQ=YEARLY;BYDAY=MO", "a yearly BYDAY needs its BYMONTH"),
    ] {
        assert_eq!(rule(text), format!("line 5: RRULE: {why}"), "{text}");
    }
}
