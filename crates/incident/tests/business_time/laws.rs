//! Laws that hold for every calendar, start, budget and pause, and a slow engine that must agree.

use incident::calendar::{Due, Hours, Index, Opening};
use incident::{Span, Timestamp};
use jiff::civil::DateTime;
use proptest::prelude::*;

use super::{HOUR, calendar};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * HOUR;

/// Zones, each with instants at which its clocks were moved.
const PLACES: [(&str, &[&str]); 12] = [
    ("UTC", &["2024-02-29T00:00:00Z"]),
    ("America/New_York", &["2024-03-10T07:00:00Z", "2024-11-03T06:00:00Z"]),
    ("Europe/Berlin", &["2024-03-31T01:00:00Z", "2024-10-27T01:00:00Z"]),
    ("America/Sao_Paulo", &["2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z"]),
    ("America/Santiago", &["2024-09-08T04:00:00Z", "2024-04-07T03:00:00Z"]),
    ("America/Havana", &["2024-03-10T05:00:00Z", "2024-11-03T05:00:00Z"]),
    ("America/St_Johns", &["2010-03-14T03:31:00Z", "2010-11-07T02:31:00Z"]),
    ("Africa/Cairo", &["2024-04-25T22:00:00Z", "2024-10-31T21:00:00Z"]),
    ("Asia/Beirut", &["2024-03-30T22:00:00Z", "2024-10-26T21:00:00Z"]),
    ("Africa/Casablanca", &["2024-03-10T02:00:00Z", "2024-04-14T02:00:00Z"]),
    ("Australia/Lord_Howe", &["2024-04-06T15:00:00Z", "2024-10-05T15:30:00Z"]),
    ("Pacific/Apia", &["2011-12-30T10:00:00Z"]),
];

fn laws(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Disjoint openings from any list of minutes: taken in pairs, in order.
fn day() -> impl Strategy<Value = Vec<Opening>> {
    let minute = prop_oneof![
        (0_u16..=24).prop_map(|hour| hour * 60),
        (0_u16..=24).prop_map(|hour| hour * 60),
        0_u16..=1_440,
        0_u16..=200,
        1_370_u16..=1_440,
    ];
    proptest::collection::btree_set(minute, 0..5).prop_map(|minutes| {
        let minutes: Vec<u16> = minutes.into_iter().collect();
        minutes.chunks_exact(2).map(|pair| Opening { from_minute: pair[0], to_minute: pair[1] }).collect()
    })
}

fn week() -> impl Strategy<Value = [Vec<Opening>; 7]> {
    [day(), day(), day(), day(), day(), day(), day()]
}

/// A zone and an instant of 2010 to 2030, mostly within two days of a change of clocks there.
fn place() -> impl Strategy<Value = (&'static str, i64)> {
    proptest::sample::select(PLACES.to_vec()).prop_flat_map(|(zone, changes)| {
        let changes = changes.iter().map(|text| super::at(text).millis()).collect::<Vec<_>>();
        let near = (proptest::sample::select(changes), -2 * DAY..2 * DAY).prop_map(|(at, off)| at + off);
        let any = 1_262_304_000_000_i64..1_893_456_000_000;
        (Just(zone), prop_oneof![4 => near, 1 => any])
    })
}

/// Budgets that often end exactly as something opens or closes.
fn budget() -> impl Strategy<Value = i64> {
    prop_oneof![0..30 * DAY, (0..30_i64 * 24).prop_map(|hours| hours * HOUR), 0..100_i64]
}

fn pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    proptest::collection::vec((-2 * DAY..9 * DAY, 0..3 * DAY), 0..5)
}

fn spans(start: i64, pauses: &[(i64, i64)]) -> Vec<Span> {
    pauses.iter().map(|(after, length)| span(start + after, start + after + length)).collect()
}

fn span(from: i64, to: i64) -> Span {
    Span { from: ms(from), to: ms(to) }
}

fn ms(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn compiled(zone: &str, week: [Vec<Opening>; 7]) -> Index {
    let hours = Hours::Weekly { week, holidays: Default::default(), special: Default::default() };
    Index::compile(&calendar(zone, hours)).expect("a good calendar")
}

proptest! {
    #![proptest_config(laws(256))]

    #[test]
    fn elapsed_at_the_deadline_is_the_budget(
        (zone, start) in place(), week in week(), budget in budget(), pauses in pauses(),
    ) {
        let index = compiled(zone, week);
        let pauses = spans(start, &pauses);
        if let Due::At(due) = index.due(ms(start), budget, &pauses) {
            prop_assert_eq!(index.elapsed(ms(start), due, &pauses), budget);
            // It is the earliest such instant: one millisecond sooner something is left.
            if budget > 0 {
                prop_assert_eq!(index.elapsed(ms(start), due.plus_millis(-1), &pauses), budget - 1);
            }
        }
    }

    #[test]
    fn a_deadline_is_the_earliest_instant_with_that_much_behind_it(
        (zone, start) in place(), week in week(), length in 0..30 * DAY, pauses in pauses(),
    ) {
        // Most ends lie in closed time, so the budget runs out exactly as something closes.
        let index = compiled(zone, week);
        let pauses = spans(start, &pauses);
        let budget = index.elapsed(ms(start), ms(start + length), &pauses);
        let due = index.due(ms(start), budget, &pauses).at().expect("it was reached");
        prop_assert!(due <= ms(start + length));
        prop_assert_eq!(index.elapsed(ms(start), due, &pauses), budget);
        if budget > 0 {
            prop_assert_eq!(index.elapsed(ms(start), due.plus_millis(-1), &pauses), budget - 1);
        }
    }

    #[test]
    fn a_later_start_or_a_larger_budget_is_never_due_sooner(
        (zone, start) in place(), week in week(), later in 0..9 * DAY,
        budget in budget(), more in budget(), pauses in pauses(),
    ) {
        let index = compiled(zone, week);
        let pauses = spans(start, &pauses);
        let due = |start: i64, budget: i64| index.due(ms(start), budget, &pauses).at().map_or(i64::MAX, Timestamp::millis);
        prop_assert!(due(start, budget) <= due(start, budget + more));
        prop_assert!(due(start, budget) <= due(start + later, budget));
    }

    #[test]
    fn splitting_a_clock_anywhere_leaves_the_sum(
        (zone, start) in place(), week in week(), length in 0..30 * DAY, cut in 0.0..1.0_f64,
        pauses in pauses(),
    ) {
        let index = compiled(zone, week);
        let pauses = spans(start, &pauses);
        let end = start + length;
        let middle = start + (length as f64 * cut) as i64;
        let elapsed = |from: i64, to: i64| index.elapsed(ms(from), ms(to), &pauses);
        prop_assert_eq!(elapsed(start, end), elapsed(start, middle) + elapsed(middle, end));
        for pause in &pauses {
            let at = pause.from.millis().clamp(start, end);
            prop_assert_eq!(elapsed(start, end), elapsed(start, at) + elapsed(at, end));
        }
    }

    #[test]
    fn pauses_without_length_and_in_any_order_change_nothing(
        (zone, start) in place(), week in week(), budget in budget(),
        pauses in pauses(), at in 0..9 * DAY,
    ) {
        let index = compiled(zone, week);
        let given = spans(start, &pauses);
        let mut other = given.clone();
        other.reverse();
        other.push(span(start + at, start + at));
        other.extend(given.first().copied());
        prop_assert_eq!(index.due(ms(start), budget, &given), index.due(ms(start), budget, &other));
        let end = ms(start + 30 * DAY);
        prop_assert_eq!(index.elapsed(ms(start), end, &given), index.elapsed(ms(start), end, &other));
    }

    #[test]
    fn a_proof_adds_up(
        (zone, start) in place(), week in week(), length in 0..30 * DAY, pauses in pauses(),
    ) {
        let index = compiled(zone, week);
        let pauses = spans(start, &pauses);
        let lines = index.segments(ms(start), ms(start + length), &pauses, 10_000);
        let counted: i64 = lines.iter().map(|line| line.counted_ms).sum();
        prop_assert_eq!(counted, index.elapsed(ms(start), ms(start + length), &pauses));
        prop_assert!(lines.windows(2).all(|pair| pair[0].span.to <= pair[1].span.from));
        prop_assert!(lines.iter().all(|line| line.span.from < line.span.to));
    }

    #[test]
    fn a_day_with_hours_of_its_own_that_are_the_usual_ones_changes_nothing(
        (zone, start) in place(), week in week(), length in 0..30 * DAY,
    ) {
        let zoned = jiff::Timestamp::from_millisecond(start).expect("an instant").in_tz(zone).expect("a zone");
        let special = (-3..=3).map(|days| {
            let day = zoned.date() + jiff::Span::new().days(days);
            (super::date(&day.to_string()), week[day.weekday().to_monday_zero_offset() as usize].clone())
        });
        let hours = Hours::Weekly { week: week.clone(), holidays: Default::default(), special: special.collect() };
        let other = Index::compile(&calendar(zone, hours)).expect("a good calendar");
        let (from, to) = (ms(start - 2 * DAY), ms(start + length));
        prop_assert_eq!(compiled(zone, week).between(from, to), other.between(from, to));
    }

    #[test]
    fn nothing_panics(
        zone in prop_oneof![place().prop_map(|(zone, _)| zone.to_owned()), ".{0,20}"],
        minutes in proptest::collection::vec((any::<u16>(), any::<u16>()), 0..4),
        week in week(), wild in any::<bool>(),
        start in any::<i64>(), end in any::<i64>(), budget in any::<i64>(),
        pauses in proptest::collection::vec((any::<i64>(), any::<i64>()), 0..5),
    ) {
        let mut week = week;
        if wild {
            week[2] = minutes.iter().map(|(from, to)| Opening { from_minute: *from, to_minute: *to }).collect();
        }
        let weekly = Hours::Weekly { week, holidays: Default::default(), special: Default::default() };
        for hours in [Hours::Always, weekly] {
            let Ok(index) = Index::compile(&calendar(&zone, hours)) else { continue };
            let pauses: Vec<Span> = pauses.iter().map(|(from, to)| span(*from, *to)).collect();
            let _: Due = index.due(ms(start), budget, &pauses);
            prop_assert!(index.between(ms(start), ms(end)) >= 0);
            prop_assert!(index.elapsed(ms(start), ms(end), &pauses) >= 0);
            prop_assert!(index.segments(ms(start), ms(end), &pauses, 50).len() <= 50);
            index.local(ms(end));
        }
    }
}

proptest! {
    #![proptest_config(laws(192))]

    #[test]
    fn stepping_minute_by_minute_counts_the_same(
        (zone, around) in place(), week in week(), cuts in proptest::collection::vec((0..2_880_usize, 0..2_880_usize), 20),
    ) {
        let index = compiled(zone, week.clone());
        let first = around.div_euclid(MINUTE) * MINUTE - 4 * DAY;
        let open = stepped(zone, &week, first);
        for (from, to) in cuts {
            // The two days in the middle of the eight.
            let (from, to) = (4_320 + from, 4_320 + to);
            let slow = open.get(from..to).unwrap_or_default().iter().filter(|open| **open).count() as i64 * MINUTE;
            let instant = |minute: usize| ms(first + minute as i64 * MINUTE);
            prop_assert_eq!(index.between(instant(from), instant(to)), slow);
        }
    }
}

/// Eight days of minutes from an instant, each open or not, found by looking at the wall clock every minute.
fn stepped(zone: &str, week: &[Vec<Opening>; 7], first: i64) -> Vec<bool> {
    let zone = jiff::tz::TimeZone::get(zone).expect("a zone");
    let minutes = 8 * 1_440;
    let wall: Vec<DateTime> = (0..minutes)
        .map(|minute| jiff::Timestamp::from_millisecond(first + minute * MINUTE).expect("an instant"))
        .map(|at| zone.to_datetime(at))
        .collect();
    let mut open = vec![false; wall.len()];
    let mut date = wall[0].date().tomorrow().expect("a date");
    let last = wall[wall.len() - 1].date().yesterday().expect("a date");
    while date < last {
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        for opening in &week[weekday] {
            let (from, to) = shown(&wall, date, *opening);
            open[from..to.max(from)].fill(true);
        }
        date = date.tomorrow().expect("a date");
    }
    open
}

/// The minutes of one opening: from the first its opening time is reached to the last its closing is shown.
fn shown(wall: &[DateTime], date: jiff::civil::Date, opening: Opening) -> (usize, usize) {
    let time = |minute: u16| date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
    let opens = time(opening.from_minute);
    let from = wall.iter().position(|shown| *shown >= opens).expect("it opens");
    if opening.to_minute == 1_440 {
        let midnight = date.tomorrow().expect("a date").at(0, 0, 0, 0);
        return (from, wall.iter().rposition(|shown| *shown < midnight).expect("it closes") + 1);
    }
    let closes = time(opening.to_minute);
    let to = wall.iter().rposition(|shown| *shown <= closes).expect("it closes");
    (from, if wall[to] == closes { to } else { to + 1 })
}
