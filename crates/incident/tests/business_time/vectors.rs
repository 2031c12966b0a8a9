//! The worked vectors, each under its name; New York Monday to Friday 09:00 to 17:00 unless it says otherwise.

use incident::Timestamp;
use incident::calendar::{Due, instant, local};

use super::{CLOSED, HOUR, OFFICE, always, assert_due, at, index, new_york, pause, weekdays};

#[test]
fn z1_lunch_and_a_change_of_clocks_in_berlin() {
    let holidays = ["2015-01-01", "2015-05-01", "2015-12-24", "2015-12-25", "2015-12-26", "2015-12-31"];
    let berlin = index("Europe/Berlin", weekdays(&[("08:00", "13:00"), ("14:00", "18:00")]), &holidays);
    assert_due(&berlin, "2015-03-27T11:00:00Z", 15 * HOUR, &[], "2015-03-31T07:00:00Z");
}

#[test]
fn z3_around_the_clock_in_sao_paulo_falling_back() {
    let sao_paulo = always("America/Sao_Paulo");
    let start = instant("2015-02-21T22:00:00", "America/Sao_Paulo").expect("a wall time");
    let due = sao_paulo.add(start, 5 * HOUR).at().expect("a deadline");
    assert_eq!(sao_paulo.local(due).local, "2015-02-22T02:00:00");
}

#[test]
fn z6_new_year_in_tehran() {
    let tehran = index("Asia/Tehran", weekdays(&[("08:00", "18:00")]), &[]);
    let start = instant("2016-03-20T00:00:00", "Asia/Tehran").expect("a wall time");
    let due = tehran.add(start, 13 * HOUR).at().expect("a deadline");
    assert_eq!(tehran.local(due).local, "2016-03-22T11:00:00");
}

#[test]
fn z8_seconds_are_kept_in_tehran() {
    let tehran = index("Asia/Tehran", weekdays(&[("08:00", "18:00")]), &[]);
    let start = instant("2016-02-01T16:59:30", "Asia/Tehran").expect("a wall time");
    let due = tehran.add(start, 7 * HOUR / 2).at().expect("a deadline");
    assert_eq!(tehran.local(due).local, "2016-02-02T10:29:30");
}

#[test]
fn z12_a_typed_time_in_a_gap_moves_on_by_the_gap() {
    for (zone, typed, meant) in [
        ("Europe/Berlin", "2022-03-27T02:05:12", "2022-03-27T03:05:12"),
        ("Australia/Sydney", "2021-10-03T02:34:06", "2021-10-03T03:34:06"),
        ("America/New_York", "2021-03-14T02:53:34", "2021-03-14T03:53:34"),
    ] {
        let seen = local(instant(typed, zone).expect("a wall time"), zone).expect("a zone");
        assert_eq!(seen.local, meant, "{zone}");
    }
}

#[test]
fn vr1_two_hours_over_a_night() {
    let nine_to_six = index("America/New_York", weekdays(&[("09:00", "18:00")]), &[]);
    assert_due(&nine_to_six, "2007-01-01T22:00:00Z", 2 * HOUR, &[], "2007-01-02T15:00:00Z");
}

#[test]
fn vs1_business_and_actual_time_over_a_weekend() {
    let eight_to_five = index("UTC", weekdays(&[("08:00", "17:00")]), &[]);
    let (friday, monday) = (at("2026-06-05T21:00:00Z"), at("2026-06-08T09:30:00Z"));
    assert_eq!(eight_to_five.between(friday, monday), 3 * HOUR / 2);
    assert_eq!(monday.since(friday), 60 * HOUR + HOUR / 2);
}

#[test]
fn vg2_an_escalation_before_the_deadline_is_business_time_too() {
    let eight_to_six = index("UTC", weekdays(&[("08:00", "18:00")]), &[]);
    assert_due(&eight_to_six, "2026-06-08T17:00:00Z", 4 * HOUR, &[], "2026-06-09T11:00:00Z");
    assert_due(&eight_to_six, "2026-06-08T17:00:00Z", 3 * HOUR, &[], "2026-06-09T10:00:00Z");
}

#[test]
fn p1_a_pause_over_a_weekend_and_a_change_of_clocks() {
    let weekend = pause("2026-03-06T16:30:00-05:00", "2026-03-09T09:30:00-04:00");
    let start = "2026-03-06T15:00:00-05:00";
    assert_due(&new_york(), start, 12 * HOUR, &[weekend], "2026-03-10T12:00:00-04:00");
    assert_due(&new_york(), start, 12 * HOUR, &[], "2026-03-10T11:00:00-04:00");
}

#[test]
fn p3_p4_around_the_clock_hours_are_elapsed_hours() {
    let clock = always("America/New_York");
    assert_due(&clock, "2026-03-08T00:30:00-05:00", 4 * HOUR, &[], "2026-03-08T05:30:00-04:00");
    assert_due(&clock, "2026-11-01T00:30:00-04:00", 4 * HOUR, &[], "2026-11-01T03:30:00-05:00");
}

#[test]
fn p5_p6_a_change_of_clocks_outside_of_hours_costs_nothing() {
    assert_due(&new_york(), "2026-03-06T16:00:00-05:00", 8 * HOUR, &[], "2026-03-09T16:00:00-04:00");
    assert_eq!(at("2026-03-09T16:00:00-04:00"), at("2026-03-09T20:00:00Z"));
    assert_due(&new_york(), "2026-10-30T16:00:00-04:00", 8 * HOUR, &[], "2026-11-02T16:00:00-05:00");
}

#[test]
fn p7_p8_a_night_shift_has_seven_hours_in_spring_and_nine_in_autumn() {
    let nights = index("America/New_York", [&[("00:00", "06:00"), ("22:00", "24:00")]; 7], &[]);
    assert_due(&nights, "2026-03-07T22:00:00-05:00", 6 * HOUR, &[], "2026-03-08T05:00:00-04:00");
    assert_due(&nights, "2026-10-31T22:00:00-04:00", 6 * HOUR, &[], "2026-11-01T03:00:00-05:00");
    let night = |from: &str, to: &str| nights.between(at(from), at(to));
    assert_eq!(night("2026-03-07T22:00:00-05:00", "2026-03-08T06:00:00-04:00"), 7 * HOUR);
    assert_eq!(night("2026-10-31T22:00:00-04:00", "2026-11-01T06:00:00-05:00"), 9 * HOUR);
}

#[test]
fn p9_half_hour_offsets_in_kolkata() {
    let kolkata = index("Asia/Kolkata", weekdays(&[("09:30", "18:30")]), &[]);
    assert_due(&kolkata, "2026-06-12T12:30:00Z", 2 * HOUR, &[], "2026-06-15T05:30:00Z");
}

#[test]
fn p11_a_half_day_holds_in_its_own_year_only() {
    let hours = super::weekly(weekdays(OFFICE), &[]);
    let incident::calendar::Hours::Weekly { week, holidays, .. } = hours else { unreachable!("weekly") };
    let special = [(super::date("2026-12-24"), super::openings(&[("09:00", "13:00")]))].into();
    let hours = incident::calendar::Hours::Weekly { week, holidays, special };
    let index =
        incident::calendar::Index::compile(&super::calendar("America/New_York", hours)).expect("good");
    assert_due(&index, "2026-12-24T12:00:00-05:00", 2 * HOUR, &[], "2026-12-25T10:00:00-05:00");
    assert_due(&index, "2025-12-24T12:00:00-05:00", 2 * HOUR, &[], "2025-12-24T14:00:00-05:00");
}

#[test]
fn p12_a_pause_outside_of_hours_changes_nothing() {
    let outside = pause("2026-03-06T18:00:00-05:00", "2026-03-09T08:00:00-04:00");
    assert_due(&new_york(), "2026-03-06T15:00:00-05:00", 12 * HOUR, &[outside], "2026-03-10T11:00:00-04:00");
}

#[test]
fn p14_an_answer_on_saturday_runs_from_the_next_opening() {
    let answered = pause("2026-06-05T16:00:00-04:00", "2026-06-06T11:00:00-04:00");
    assert_due(&new_york(), "2026-06-05T15:00:00-04:00", 4 * HOUR, &[answered], "2026-06-08T12:00:00-04:00");
}

#[test]
fn p17_a_reopened_incident_with_and_without_its_closed_interval() {
    let closed = pause("2026-06-01T15:00:00-04:00", "2026-06-04T15:00:00-04:00");
    let start = "2026-06-01T09:00:00-04:00";
    assert_due(&new_york(), start, 16 * HOUR, &[closed], "2026-06-05T17:00:00-04:00");
    assert_due(&new_york(), start, 16 * HOUR, &[], "2026-06-02T17:00:00-04:00");
}

#[test]
fn p19_a_deadline_at_closing_belongs_to_that_day() {
    assert_due(&new_york(), "2026-06-08T16:00:00-04:00", HOUR, &[], "2026-06-08T17:00:00-04:00");
    assert_due(&new_york(), "2026-06-08T17:00:00-04:00", HOUR, &[], "2026-06-09T10:00:00-04:00");
}

#[test]
fn p20_thresholds_are_parts_of_the_same_budget() {
    let start = "2026-06-05T15:00:00-04:00";
    for (percent, expected) in [(50, "11:00"), (75, "13:00"), (90, "14:12"), (100, "15:00")] {
        let budget = 8 * HOUR * percent / 100;
        assert_due(&new_york(), start, budget, &[], &format!("2026-06-08T{expected}:00-04:00"));
    }
}

#[test]
fn p23_the_month_of_a_report_is_the_clients() {
    let logged = at("2026-06-01T02:30:00Z");
    let seen = local(logged, "America/New_York").expect("a zone");
    assert!(seen.local.starts_with("2026-05-"), "{seen:?}");
}

#[test]
fn p24_a_calendar_without_hours_is_never_due() {
    let closed = index("America/New_York", [CLOSED; 7], &[]);
    assert_eq!(closed.add(at("2026-06-01T02:30:00Z"), 1), Due::Never);
    let pauses = [pause("2026-06-01T02:30:00Z", "2026-06-02T02:30:00Z")];
    assert_eq!(closed.due(at("2026-06-01T02:30:00Z"), HOUR, &pauses), Due::Never);
    assert_eq!(closed.between(Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX)), 0);
}
