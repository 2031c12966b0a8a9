//! The traps of calendars and time that no worked vector covers, each under its number, and the edges.

use incident::calendar::{Counting, Due, Hours, Index, instant, local, tzdb_version};
use incident::{Span, Timestamp};

use super::{
    CLOSED, HOUR, OFFICE, always, assert_due, at, calendar, date, index, new_york, openings, pause, weekdays,
    weekly,
};

const ALL_DAY: &[(&str, &str)] = &[("00:00", "24:00")];

#[test]
fn trap_15_16_pauses_may_be_anything() {
    let start = "2026-06-05T15:00:00-04:00";
    let pauses = [
        pause("2026-06-08T10:00:00-04:00", "2026-06-08T11:00:00-04:00"),
        pause("2026-06-08T10:30:00-04:00", "2026-06-08T10:45:00-04:00"),
        pause("2026-06-01T10:00:00-04:00", "2026-06-05T16:00:00-04:00"),
        pause("2026-06-08T09:30:00-04:00", "2026-06-08T09:30:00-04:00"),
        pause("2026-06-08T09:30:00-04:00", "2026-06-08T08:30:00-04:00"),
        pause("2026-06-06T10:00:00-04:00", "2026-06-07T11:00:00-04:00"),
    ];
    assert_due(&new_york(), start, 4 * HOUR, &pauses, "2026-06-08T13:00:00-04:00");
    assert_eq!(new_york().elapsed(at(start), at("2026-06-08T13:00:00-04:00"), &pauses), 4 * HOUR);
}

#[test]
fn trap_15_a_budget_used_up_as_a_pause_begins_is_due_at_that_moment() {
    let waiting = pause("2026-06-08T11:00:00-04:00", "2026-06-09T11:00:00-04:00");
    assert_due(&new_york(), "2026-06-08T09:00:00-04:00", 2 * HOUR, &[waiting], "2026-06-08T11:00:00-04:00");
    let before_hours = pause("2026-06-09T08:00:00-04:00", "2026-06-09T10:00:00-04:00");
    assert_due(
        &new_york(),
        "2026-06-08T15:00:00-04:00",
        2 * HOUR,
        &[before_hours],
        "2026-06-08T17:00:00-04:00",
    );
}

#[test]
fn trap_36_a_midnight_that_does_not_exist_opens_at_the_first_instant() {
    let sunday = [CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, ALL_DAY];
    for (zone, opening, closing) in [
        ("America/Sao_Paulo", "2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00"),
        ("America/Santiago", "2024-09-08T01:00:00-03:00", "2024-09-09T00:00:00-03:00"),
        ("Asia/Beirut", "2024-03-31T01:00:00+03:00", "2024-04-01T00:00:00+03:00"),
        ("America/Asuncion", "2023-10-01T01:00:00-03:00", "2023-10-02T00:00:00-03:00"),
    ] {
        let index = index(zone, sunday, &[]);
        let stretch = index.segments(at(opening).plus_millis(-30 * HOUR), at(closing), &[], 3);
        assert_eq!(stretch.len(), 1, "{zone}");
        assert_eq!((stretch[0].span.from, stretch[0].counted_ms), (at(opening), 23 * HOUR), "{zone}");
        assert_due(&index, opening, 23 * HOUR, &[], closing);
    }
}

#[test]
fn trap_36_an_opening_inside_a_gap_begins_as_the_gap_ends() {
    let early = index("Europe/Berlin", [&[("02:15", "02:45"), ("02:50", "05:00")]; 7], &[]);
    let lines = early.segments(at("2022-03-27T00:00:00Z"), at("2022-03-27T12:00:00Z"), &[], 9);
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].from.local.as_str(), lines[0].counted_ms), ("2022-03-27T03:00:00", 2 * HOUR));
}

#[test]
fn trap_36_a_day_that_was_skipped_has_no_hours() {
    // Samoa had no 30 December 2011.
    let apia = index("Pacific/Apia", [&[("09:00", "17:00")]; 7], &[]);
    let (thursday, saturday) = ("2011-12-29T09:00:00-10:00", "2011-12-31T17:00:00+14:00");
    assert_eq!(apia.between(at(thursday), at(saturday)), 16 * HOUR);
    assert_due(&apia, thursday, 9 * HOUR, &[], "2011-12-31T10:00:00+14:00");
}

#[test]
fn trap_37_an_ambiguous_opening_is_the_first_and_an_ambiguous_closing_the_last() {
    let opens = index("America/New_York", [&[("01:30", "04:00")]; 7], &[]);
    let closes = index("America/New_York", [&[("00:00", "01:30")]; 7], &[]);
    let (from, to) = (at("2026-11-01T00:00:00-04:00"), at("2026-11-01T12:00:00-05:00"));
    let only = |index: &Index| index.segments(from, to, &[], 9)[0].span;
    assert_eq!(only(&opens).from, at("2026-11-01T01:30:00-04:00"));
    assert_eq!(opens.between(from, to), 7 * HOUR / 2);
    assert_eq!(only(&closes).to, at("2026-11-01T01:30:00-05:00"));
    assert_eq!(closes.between(from, to), 5 * HOUR / 2);
}

#[test]
fn trap_37_a_closing_as_the_repeated_hour_begins_is_its_second_beginning() {
    // New York shows 01:00 twice; a hand-over between two shifts at that time overlaps rather than gapes.
    let closes = index("America/New_York", [&[("00:00", "01:00")]; 7], &[]);
    let (from, to) = (at("2026-11-01T00:00:00-04:00"), at("2026-11-01T12:00:00-05:00"));
    assert_eq!(closes.between(from, to), 2 * HOUR);
    let both = index("America/New_York", [&[("00:00", "01:00"), ("01:00", "02:00")]; 7], &[]);
    assert_eq!(both.between(from, to), 3 * HOUR);
}

#[test]
fn trap_37_a_repeated_hour_after_midnight_belongs_to_the_new_day() {
    // Havana puts its clocks back from 01:00 to 00:00: Saturday has ended by then.
    let saturday = [CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, ALL_DAY, CLOSED];
    let havana = index("America/Havana", saturday, &[]);
    let day = havana.between(at("2024-11-01T00:00:00-04:00"), at("2024-11-05T00:00:00-05:00"));
    assert_eq!(day, 24 * HOUR);
    let sunday = index("America/Havana", [CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, CLOSED, ALL_DAY], &[]);
    let day = sunday.between(at("2024-11-01T00:00:00-04:00"), at("2024-11-05T00:00:00-05:00"));
    assert_eq!(day, 25 * HOUR);
}

#[test]
fn trap_37_a_day_before_a_repeated_midnight_ends_at_the_first_one() {
    // Havana again; the Saturday has hours of its own, and nothing else is open.
    let saturday_only = Hours::Weekly {
        week: Default::default(),
        holidays: Default::default(),
        special: [(date("2024-11-02"), openings(ALL_DAY))].into(),
    };
    let havana = Index::compile(&calendar("America/Havana", saturday_only)).expect("good");
    let open = havana.between(at("2024-11-01T00:00:00-04:00"), at("2024-11-05T00:00:00-05:00"));
    assert_eq!(open, 24 * HOUR);
}

#[test]
fn trap_37_a_clock_put_back_over_midnight_moves_no_hours_of_the_new_day() {
    // Casey went from 02:00 on the 5th of March 2010 back to 23:00 on the 4th.
    let casey = index("Antarctica/Casey", [OFFICE; 7], &[]);
    let (opens, closes) = ("2010-03-05T09:00:00+08:00", "2010-03-05T17:00:00+08:00");
    assert_eq!(casey.between(at(opens), at(closes)), 8 * HOUR);
    assert_eq!(casey.between(at("2010-03-04T00:00:00+11:00"), at("2010-03-08T00:00:00+08:00")), 32 * HOUR);
    assert_due(&casey, "2010-03-04T16:00:00+11:00", 2 * HOUR, &[], "2010-03-05T10:00:00+08:00");
}

#[test]
fn trap_38_consecutive_full_days_are_one_stretch() {
    let five_days = index("Europe/Berlin", weekdays(ALL_DAY), &[]);
    let lines = five_days.segments(at("2026-06-06T00:00:00Z"), at("2026-06-20T00:00:00Z"), &[], 9);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].counted_ms, 120 * HOUR);
    let all_week = index("Europe/Berlin", [ALL_DAY; 7], &[]);
    let year = all_week.segments(at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"), &[], 9);
    assert_eq!((year.len(), year[0].counted_ms), (1, 365 * 24 * HOUR));
}

#[test]
fn trap_38_a_night_shift_over_a_weekend_and_a_holiday_stays_whole() {
    let nights = index("Europe/Berlin", [&[("22:00", "24:00"), ("00:00", "06:00")]; 7], &["2026-06-10"]);
    let lines = nights.segments(at("2026-06-07T10:00:00Z"), at("2026-06-12T10:00:00Z"), &[], 9);
    let walls: Vec<_> = lines.iter().map(|line| (&line.from.local[5..16], &line.to.local[5..16])).collect();
    assert_eq!(
        walls,
        [
            ("06-07T22:00", "06-08T06:00"),
            ("06-08T22:00", "06-09T06:00"),
            ("06-09T22:00", "06-10T00:00"),
            ("06-11T00:00", "06-11T06:00"),
            ("06-11T22:00", "06-12T06:00"),
        ]
    );
}

#[test]
fn trap_40_extra_days_half_days_and_the_29th_of_february() {
    let Hours::Weekly { week, .. } = weekly(weekdays(OFFICE), &[]) else { unreachable!("weekly") };
    let holidays = [date("2028-02-29"), date("2026-12-26")].into();
    let special = [
        (date("2026-12-24"), openings(&[("09:00", "12:00")])),
        (date("2026-12-26"), openings(&[("10:00", "14:00")])),
    ];
    let hours = Hours::Weekly { week, holidays, special: special.into() };
    let index = Index::compile(&calendar("UTC", hours)).expect("good");
    let day = |text: &str| index.between(at(&format!("{text}T00:00:00Z")), at(&format!("{text}T23:59:59Z")));
    assert_eq!(day("2028-02-29"), 0);
    assert_eq!(day("2028-02-28"), 8 * HOUR);
    assert_eq!(day("2026-12-24"), 3 * HOUR);
    assert_eq!(day("2026-12-26"), 4 * HOUR, "hours of its own win over a holiday");
}

#[test]
fn trap_42_the_release_of_the_zones_is_known() {
    let release = tzdb_version();
    assert!(release.len() == 5 && release.starts_with("20"), "{release}");
}

#[test]
fn trap_44_a_target_beyond_the_horizon_is_never_due() {
    let start = at("2026-06-08T09:00:00Z");
    for index in [new_york(), always("UTC"), index("UTC", [ALL_DAY; 7], &[])] {
        assert_eq!(index.add(start, i64::MAX), Due::Never);
        assert_eq!(index.add(start, 200 * 366 * 24 * HOUR), Due::Never);
    }
    let one_day_only = Hours::Weekly {
        week: Default::default(),
        holidays: Default::default(),
        special: [(date("2026-06-09"), openings(OFFICE))].into(),
    };
    let once = Index::compile(&calendar("UTC", one_day_only)).expect("good");
    assert_eq!(once.add(start, 8 * HOUR), Due::At(at("2026-06-09T17:00:00Z")));
    assert_eq!(once.add(start, 8 * HOUR + 1), Due::Never);
}

#[test]
fn ruling_7_nothing_left_is_due_at_the_start() {
    let saturday = at("2026-06-06T11:00:00-04:00");
    assert_eq!(new_york().add(saturday, 0), Due::At(saturday));
    assert_eq!(new_york().add(saturday, -HOUR), Due::At(saturday));
    assert_eq!(new_york().add(saturday, 1), Due::At(at("2026-06-08T09:00:00.001-04:00")));
}

#[test]
fn first_and_last_years_count_alike() {
    assert_due(&new_york(), "1970-01-01T16:00:00-05:00", 2 * HOUR, &[], "1970-01-02T10:00:00-05:00");
    assert_due(&new_york(), "2099-12-31T16:00:00-05:00", 2 * HOUR, &[], "2100-01-01T10:00:00-05:00");
    let kiritimati = index("Pacific/Kiritimati", weekdays(OFFICE), &[]);
    let decades = kiritimati.between(at("1970-01-01T00:00:00Z"), at("2100-01-01T00:00:00Z"));
    assert!(decades > 33_000 * 8 * HOUR, "{decades}");
}

#[test]
fn a_proof_shows_what_ran_and_what_stood_still() {
    let waiting = pause("2026-03-06T16:30:00-05:00", "2026-03-09T09:30:00-04:00");
    let (start, due) = (at("2026-03-06T15:00:00-05:00"), at("2026-03-10T12:00:00-04:00"));
    let lines = new_york().segments(start, due, &[waiting], 99);
    let told: Vec<_> = lines
        .iter()
        .map(|line| format!("{} {} {:?} {}", line.from.local, line.from.offset, line.counting, line.total_ms))
        .collect();
    assert_eq!(
        told,
        [
            "2026-03-06T15:00:00 -05:00 Running 5400000",
            "2026-03-06T16:30:00 -05:00 Paused 5400000",
            "2026-03-09T09:00:00 -04:00 Paused 5400000",
            "2026-03-09T09:30:00 -04:00 Running 32400000",
            "2026-03-10T09:00:00 -04:00 Running 43200000",
        ]
    );
    assert_eq!(lines.last().map(|line| (line.counting, line.to.instant)), Some((Counting::Running, due)));
    assert_eq!(new_york().segments(start, due, &[waiting], 2).len(), 2);
}

#[test]
fn what_never_closes_is_one_line_of_a_proof_and_a_pause_without_length_parts_none() {
    let (from, to) = (at("2026-06-01T09:00:00Z"), at("2026-06-01T17:00:00Z"));
    let at_noon = pause("2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z");
    for index in [always("UTC"), index("UTC", [ALL_DAY; 7], &[])] {
        for pauses in [Vec::new(), vec![at_noon]] {
            let lines = index.segments(from, to, &pauses, 9);
            let spans: Vec<_> = lines.iter().map(|line| line.span).collect();
            assert_eq!(spans, [Span { from, to }], "{pauses:?}");
        }
    }
}

#[test]
fn wall_times_are_shown_with_their_offset_and_zone() {
    let seen = local(at("2026-06-01T02:30:00Z"), "europe/berlin").expect("a zone");
    assert_eq!((seen.local.as_str(), seen.offset.as_str()), ("2026-06-01T04:30:00", "+02:00"));
    assert_eq!(seen.zone, "Europe/Berlin");
    let greenwich = local(at("2026-06-01T02:30:00Z"), "UTC").expect("a zone");
    assert_eq!(greenwich.offset, "+00:00");
    let edge = local(Timestamp::from_millis(i64::MAX), "Asia/Kolkata").expect("a zone");
    assert_eq!(edge.offset, "+05:30");
    assert!(instant("yesterday", "UTC").is_err());
}

#[test]
fn calendars_count_from_1970_and_answer_nothing_before() {
    let (begin, early) = ("1970-01-01T00:00:00Z", "1969-12-31T23:00:00Z");
    for index in
        [always("UTC"), index("UTC", [ALL_DAY; 7], &[]), index("Pacific/Auckland", [ALL_DAY; 7], &[])]
    {
        assert_eq!(index.add(at(begin), HOUR), Due::At(at("1970-01-01T01:00:00Z")));
        for start in [at(early), at(begin).plus_millis(-1), Timestamp::from_millis(i64::MIN)] {
            assert_eq!(index.add(start, HOUR), Due::Never, "{start:?}");
            assert_eq!(index.add(start, 0), Due::Never, "{start:?}");
            assert_eq!(index.due(start, HOUR, &[pause(begin, "1970-01-01T02:00:00Z")]), Due::Never);
            assert_eq!(
                index.elapsed(start, at("1970-01-01T01:00:00Z"), &[]),
                HOUR,
                "nothing was open before"
            );
            let proof = index.segments(start, at("1970-01-01T01:00:00Z"), &[], 10);
            assert_eq!(proof.iter().map(|segment| segment.counted_ms).sum::<i64>(), HOUR);
        }
        assert_eq!(index.elapsed(at(early), at(begin), &[]), 0);
        assert_eq!(index.add(Timestamp::from_millis(i64::MAX), 0), Due::Never, "nor after 2200");
    }
}
