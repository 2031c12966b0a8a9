//! Rotas: laws of who is on call, the edges of clock changes, and what is refused when a rota is written.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;

use incident::command::Configure;
use incident::on_call::{
    ENTRIES_MAX, FixedShift, Override, Restriction, Roster, Rota, Rotation, TemporarySchedule, Turn, Weekday,
    gaps,
};
use incident::setup::Person;
use incident::{Command, MINUTE, PersonId, Role, RotaId, Setting, Setup, Timestamp, decide};
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn person(number: u8) -> PersonId {
    PersonId(Uuid::from_u128(0x100 + u128::from(number)))
}

fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).expect("an instant")
}

fn rota(zone: &str, rotations: Vec<Rotation>) -> Rota {
    let (name, zone) = (zone.to_owned(), zone.to_owned());
    let (overrides, temporary) = (Vec::new(), Vec::new());
    Rota { id: RotaId(Uuid::from_u128(1)), version: 1, name, zone, rotations, overrides, temporary }
}

fn turns(turn: Turn, length: u32, starts: &str, people: &[u8], hours: Vec<Restriction>) -> Rotation {
    let participants = people.iter().copied().map(person).collect();
    Rotation { turn, length, starts: starts.to_owned(), participants, restrictions: hours }
}

fn hours(from_minute: u16, to_minute: u16) -> Restriction {
    Restriction { days: Weekday::ALL.into_iter().collect(), from_minute, to_minute }
}

fn roster(rota: &Rota) -> Roster {
    Roster::of(rota).expect("a good rota")
}

/// Tom alone, day and night, as the administrator may write it.
fn written() -> Rota {
    let mut alone = turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[], Vec::new());
    alone.participants.push(fixture::person("tom"));
    rota("UTC", vec![alone])
}

/// Why a rota is refused when it is written; none where it is taken.
fn refused(rota: &Rota) -> Option<String> {
    let command = Command::Configure(Configure { setting: Setting::Rota(rota.clone()) });
    let now = at("2026-06-01T12:00:00Z");
    let refusal = decide(&fixture::records(), &fixture::actor("root"), now, &command).err()?;
    assert_eq!(refusal.clause, "§3.5");
    Some(refusal.what)
}

fn change(to: Timestamp, add: PersonId) -> Override {
    Override { from: at("2026-06-01T12:00:00Z"), to, add: Some(add), remove: None }
}

#[test]
fn a_restriction_lies_within_the_minutes_of_a_day() {
    let beyond = Some("Configure: a day has 1440 minutes".to_owned());
    for (from_minute, to_minute, expected) in
        [(0, 1_440, &None), (1_439, 0, &None), (1_440, 0, &beyond), (0, 1_441, &beyond)]
    {
        let mut rota = written();
        rota.rotations[0].restrictions.push(hours(from_minute, to_minute));
        assert_eq!(&refused(&rota), expected, "{from_minute} to {to_minute}");
    }
}

#[test]
fn whatever_is_planned_ends_later_than_it_begins() {
    let (noon, one) = (at("2026-06-01T12:00:00Z"), at("2026-06-01T13:00:00Z"));
    let tom = fixture::person("tom");
    let overridden = |to: Timestamp| Rota { overrides: vec![change(to, tom)], ..written() };
    let planned = |to: Timestamp, shift_to: Timestamp| {
        let shift = FixedShift { person: tom, from: noon, to: shift_to };
        Rota { temporary: vec![TemporarySchedule { from: noon, to, shifts: vec![shift] }], ..written() }
    };
    assert_eq!(refused(&overridden(one)), None);
    assert_eq!(refused(&planned(one, one)), None);
    let backwards = Some("Configure: a stretch ends later than it begins".to_owned());
    assert_eq!(refused(&overridden(noon)), backwards);
    assert_eq!(refused(&planned(noon, one)), backwards);
    assert_eq!(refused(&planned(one, noon)), backwards);
}

#[test]
fn a_rota_lists_five_hundred_changes_and_no_more() {
    let changes = |count: usize| {
        let one = change(at("2026-06-01T13:00:00Z"), fixture::person("tom"));
        Rota { overrides: vec![one; count], ..written() }
    };
    assert_eq!(refused(&changes(ENTRIES_MAX)), None);
    let many = Some("Configure: a rota can list at most 500 of a kind".to_owned());
    assert_eq!(refused(&changes(ENTRIES_MAX + 1)), many);
}

#[test]
fn everybody_whom_a_rota_names_is_set_up() {
    let (stranger, to) = (person(1), at("2026-06-01T13:00:00Z"));
    let mut takes_turns = written();
    takes_turns.rotations[0].participants.push(stranger);
    let comes_in = Rota { overrides: vec![change(to, stranger)], ..written() };
    let goes_out = Override { remove: Some(stranger), ..change(to, fixture::person("tom")) };
    let goes_out = Rota { overrides: vec![goes_out], ..written() };
    let from = at("2026-06-01T12:00:00Z");
    let shifts = vec![FixedShift { person: stranger, from, to }];
    let is_planned = Rota { temporary: vec![TemporarySchedule { from, to, shifts }], ..written() };
    let unknown = Some("Configure: the person named here is not set up".to_owned());
    for rota in [takes_turns, comes_in, goes_out, is_planned] {
        assert_eq!(refused(&rota), unknown, "{rota:?}");
    }
    assert_eq!(refused(&written()), None);
}

/// London, 27 October 2024: one to two in the morning comes twice.
#[test]
fn trap_37_where_a_time_comes_twice_people_overlap_rather_than_leave_a_gap() {
    let before = turns(Turn::Daily, 1, "2024-01-01T00:00:00", &[1], vec![hours(0, 90)]);
    let after = turns(Turn::Daily, 1, "2024-01-01T00:00:00", &[2], vec![hours(90, 0)]);
    let roster = roster(&rota("Europe/London", vec![before, after]));
    let night = (at("2024-10-26T22:00:00Z"), at("2024-10-27T06:00:00Z"));
    for stretch in roster.stretches(night.0, night.1) {
        assert!(!stretch.people.is_empty(), "nobody from {}", stretch.from.to_rfc3339());
    }
    // Half past one is shown at 00:30Z and again at 01:30Z: both are on call between them.
    let both = BTreeSet::from([person(1), person(2)]);
    assert_eq!(roster.at(at("2024-10-27T00:30:00Z")), both);
    assert_eq!(roster.at(at("2024-10-27T01:29:59Z")), both);
    assert_eq!(roster.at(at("2024-10-27T01:30:00Z")), BTreeSet::from([person(2)]));
}

#[test]
fn trap_37_a_hand_off_that_is_skipped_happens_when_the_gap_ends() {
    let nightly = turns(Turn::Daily, 1, "2024-03-01T02:30:00", &[1, 2], Vec::new());
    let roster = roster(&rota("Europe/Berlin", vec![nightly]));
    let gap = at("2024-03-31T01:00:00Z");
    let (before, after) = (roster.at(gap.plus_millis(-1)), roster.at(gap));
    assert_ne!(before, after, "the wall clock jumps from two to three, and the turn changes then");
}

#[test]
fn hours_that_the_wall_clock_skips_leave_no_turn_out_of_the_count() {
    let hourly = turns(Turn::Hourly, 1, "2024-03-31T00:00:00", &[1, 2, 3, 4], Vec::new());
    let roster = roster(&rota("Europe/Berlin", vec![hourly]));
    // Midnight, one, (two is skipped) three: the third person's hour had no length.
    assert_eq!(roster.at(at("2024-03-31T00:30:00Z")), BTreeSet::from([person(2)]));
    assert_eq!(roster.at(at("2024-03-31T01:30:00Z")), BTreeSet::from([person(4)]));
}

#[test]
fn a_month_that_is_too_short_hands_over_on_its_last_day() {
    let monthly = turns(Turn::Monthly, 1, "2026-01-31T09:00:00", &[1, 2], Vec::new());
    let roster = roster(&rota("UTC", vec![monthly]));
    let february = (at("2026-02-10T00:00:00Z"), at("2026-02-10T00:00:00Z"));
    let expected = BTreeSet::from([at("2026-01-31T09:00:00Z"), at("2026-02-28T09:00:00Z")]);
    assert_eq!(roster.handoffs(february.0, february.1), expected);
}

#[test]
fn a_temporary_schedule_replaces_everything_and_its_holes_are_gaps() {
    let (noon, three) = (at("2026-06-01T12:00:00Z"), at("2026-06-01T15:00:00Z"));
    let mut rota = rota("UTC", vec![turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[1], Vec::new())]);
    let shift = FixedShift { person: person(2), from: noon, to: at("2026-06-01T13:00:00Z") };
    rota.temporary.push(TemporarySchedule { from: noon, to: three, shifts: vec![shift] });
    rota.overrides.push(Override { from: noon, to: three, add: Some(person(3)), remove: None });
    let roster = roster(&rota);
    assert_eq!(roster.at(noon), BTreeSet::from([person(2)]));
    assert_eq!(roster.at(at("2026-06-01T14:00:00Z")), BTreeSet::new());
    assert_eq!(roster.at(three), BTreeSet::from([person(1)]));
}

/// The gaps between two instants, and whether only people who left had them.
fn listed(setup: &Setup, from: &str, until: &str) -> Vec<(String, String, bool)> {
    let gaps = gaps(setup, at(from), at(until)).into_iter();
    gaps.map(|gap| (gap.span.from.to_rfc3339(), gap.span.to.to_rfc3339(), gap.is_of_leavers)).collect()
}

#[test]
fn gaps_ahead_are_listed_and_people_who_left_are_told_from_nobody() {
    let staff = |number: u8, active: bool| {
        let (name, roles) = (number.to_string(), BTreeSet::from([Role::Tier2]));
        let (id, before) = (person(number), Vec::new());
        Setting::Person(Person { id, name, roles, clients: None, active, before })
    };
    let day = turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[1], vec![hours(8 * 60, 16 * 60)]);
    let late = turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[2], vec![hours(16 * 60, 20 * 60)]);
    let mut setup = Setup::default();
    for setting in [staff(1, true), staff(2, false), Setting::Rota(rota("UTC", vec![day, late]))] {
        setup.take(setting).expect("a good setting");
    }
    let said = |from: &str, to: &str, left: bool| (from.to_owned(), to.to_owned(), left);
    assert_eq!(
        listed(&setup, "2026-06-01T12:00:00Z", "2026-06-02T12:00:00Z"),
        [
            said("2026-06-01T16:00:00Z", "2026-06-01T20:00:00Z", true),
            said("2026-06-01T20:00:00Z", "2026-06-02T08:00:00Z", false),
        ]
    );
}

#[test]
fn nobody_is_on_call_outside_of_the_years_that_rotas_count() {
    let roster = roster(&rota("UTC", vec![turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[1], Vec::new())]));
    for far in [i64::MIN, -1, i64::MAX] {
        assert!(roster.at(Timestamp::from_millis(far)).is_empty());
    }
    let always = roster.stretches(Timestamp::from_millis(i64::MIN), Timestamp::from_millis(i64::MAX));
    assert!(always.len() == 1 && always[0].people.contains(&person(1)));
}

const ZONES: [&str; 6] = [
    "UTC",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "America/Sao_Paulo",
];

fn rotation() -> impl Strategy<Value = Rotation> {
    let unit = prop::sample::select(vec![Turn::Hourly, Turn::Daily, Turn::Weekly, Turn::Monthly]);
    let start = (2015..2026_i16, 1..=12_u8, 1..=28_u8, 0..24_u8, prop::sample::select(vec![0_u8, 15, 30]));
    let hours = vec((vec(0..7_usize, 1..5), 0..1_440_u16, 0..=1_440_u16), 0..3);
    (unit, 1..30_u32, start, vec(0..6_u8, 1..5), hours).prop_map(|(turn, length, start, people, hours)| {
        let (year, month, day, hour, minute) = start;
        let starts = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00");
        let restriction = |(days, from_minute, to_minute): (Vec<usize>, u16, u16)| Restriction {
            days: days.into_iter().map(|day| Weekday::ALL[day]).collect(),
            from_minute,
            to_minute,
        };
        turns(turn, length, &starts, &people, hours.into_iter().map(restriction).collect())
    })
}

fn any_rota() -> impl Strategy<Value = Rota> {
    let change = (0..60_i64, 1..200_i64, prop::option::of(0..6_u8), prop::option::of(0..6_u8));
    let zone = prop::sample::select(ZONES.to_vec());
    (zone, vec(rotation(), 1..4), vec(change, 0..4)).prop_map(|(zone, rotations, changes)| {
        let mut all = rota(zone, rotations);
        let from = |days: i64| at("2018-02-01T00:00:00Z").plus_millis(days * DAY);
        all.overrides = changes
            .into_iter()
            .map(|(days, length, add, remove)| Override {
                from: from(days),
                to: from(days).plus_millis(length * HOUR),
                add: add.map(person),
                remove: remove.map(person),
            })
            .collect();
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Stretches lie end to end, and say at every instant what the question for that instant says.
    #[test]
    fn stretches_and_instants_agree(rota in any_rota(), asked in vec(0..60 * 24 * 60_i64, 40)) {
        let roster = roster(&rota);
        let (from, to) = (at("2018-02-01T00:00:00Z"), at("2018-04-02T00:00:00Z"));
        let stretches = roster.stretches(from, to);
        prop_assert_eq!(stretches.first().map(|s| s.from), Some(from));
        prop_assert_eq!(stretches.last().map(|s| s.to), Some(to));
        prop_assert!(stretches.windows(2).all(|pair| pair[0].to == pair[1].from));
        for minutes in asked {
            let now = from.plus_millis(minutes * MINUTE);
            let stretch = stretches.iter().find(|s| s.from <= now && now < s.to).expect("no hole");
            prop_assert_eq!(&stretch.people, &roster.at(now), "at {}", now.to_rfc3339());
        }
    }

    /// A rotation without restrictions has exactly one person at every instant, and a turn around it.
    #[test]
    fn turns_have_no_gap(mut turns in rotation(), zone in prop::sample::select(ZONES.to_vec()), minutes in 0..5_000_000_i64) {
        turns.restrictions.clear();
        let roster = roster(&rota(zone, vec![turns]));
        let now = at("2014-06-01T00:00:00Z").plus_millis(minutes * MINUTE);
        prop_assert_eq!(roster.at(now).len(), 1);
        let around = roster.handoffs(now, now);
        prop_assert_eq!(around.len(), 2);
        prop_assert!(around.first() <= Some(&now) && around.last() > Some(&now));
    }
}

/// Who is on call from when to when, and whether they are beyond the stretch that was asked for.
fn planned(roster: &Roster, from: &str, to: &str) -> Vec<(u8, String, String, bool)> {
    let number =
        |id: PersonId| (0..=u8::MAX).find(|number| person(*number) == id).expect("a numbered person");
    let shifts = roster.shifts(at(from), at(to)).into_iter();
    shifts.map(|one| (number(one.person), one.from.to_rfc3339(), one.to.to_rfc3339(), one.goes_on)).collect()
}

#[test]
fn a_shift_lasts_while_others_come_and_go_and_ends_when_its_person_goes() {
    let alone = turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[1], Vec::new());
    let by_day = turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[2], vec![hours(8 * 60, 16 * 60)]);
    let roster = roster(&rota("UTC", vec![alone, by_day]));
    let said = |person: u8, from: &str, to: &str, goes_on| (person, from.to_owned(), to.to_owned(), goes_on);
    assert_eq!(
        planned(&roster, "2026-06-01T12:00:00Z", "2026-06-02T12:00:00Z"),
        [
            said(1, "2026-06-01T12:00:00Z", "2026-06-02T12:00:00Z", true),
            said(2, "2026-06-01T12:00:00Z", "2026-06-01T16:00:00Z", false),
            said(2, "2026-06-02T08:00:00Z", "2026-06-02T12:00:00Z", true),
        ]
    );
    assert_eq!(
        planned(&roster, "2026-06-01T12:00:00Z", "2026-06-01T16:00:00Z"),
        [
            said(1, "2026-06-01T12:00:00Z", "2026-06-01T16:00:00Z", true),
            said(2, "2026-06-01T12:00:00Z", "2026-06-01T16:00:00Z", false),
        ]
    );
}

#[test]
fn a_turn_of_a_week_lasts_seven_days_to_the_millisecond() {
    let weekly = turns(Turn::Weekly, 1, "2026-06-01T09:00:00", &[1, 2], Vec::new());
    let roster = roster(&rota("UTC", vec![weekly]));
    let on_call = |now: Timestamp| roster.at(now).into_iter().collect::<Vec<_>>();
    for (handoff, before, after) in
        [("2026-06-01T09:00:00Z", 2, 1), ("2026-06-08T09:00:00Z", 1, 2), ("2026-06-15T09:00:00Z", 2, 1)]
    {
        let handoff = at(handoff);
        assert_eq!(on_call(handoff.plus_millis(-1)), [person(before)]);
        assert_eq!(on_call(handoff), [person(after)]);
    }
}

#[test]
fn a_turn_of_months_is_handed_over_on_its_day_before_its_start_and_long_after() {
    let two_months = turns(Turn::Monthly, 2, "2026-01-31T09:00:00", &[1, 2, 3], Vec::new());
    let roster = roster(&rota("UTC", vec![two_months]));
    let on_call = |now: Timestamp| roster.at(now).into_iter().collect::<Vec<_>>();
    for (handoff, before, after) in [
        ("1971-01-31T09:00:00Z", 3, 1),
        ("2025-11-30T09:00:00Z", 2, 3),
        ("2026-01-31T09:00:00Z", 3, 1),
        ("2026-03-31T09:00:00Z", 1, 2),
        ("2026-05-31T09:00:00Z", 2, 3),
        ("2026-07-31T09:00:00Z", 3, 1),
        ("2126-01-31T09:00:00Z", 3, 1),
        ("2199-11-30T09:00:00Z", 2, 3),
    ] {
        let now = at(handoff);
        assert_eq!(on_call(now.plus_millis(-1)), [person(before)], "before {handoff}");
        assert_eq!(on_call(now), [person(after)], "from {handoff} on");
    }
}

#[test]
fn turns_may_begin_with_the_first_instant_of_all() {
    for (turn, handoff) in [(Turn::Daily, "1970-01-02T00:00:00Z"), (Turn::Monthly, "1970-02-01T00:00:00Z")] {
        let roster = roster(&rota("UTC", vec![turns(turn, 1, "1970-01-01T00:00:00", &[1, 2], Vec::new())]));
        let handoff = at(handoff);
        assert_eq!(roster.at(handoff.plus_millis(-1)), BTreeSet::from([person(1)]));
        assert_eq!(roster.at(handoff), BTreeSet::from([person(2)]));
    }
}

/// In St. John's the clocks went back at one minute past midnight: on Saturday evening, when Sunday had begun already.
#[test]
fn hours_that_have_begun_go_on_where_the_clock_goes_back_to_the_day_before() {
    let sunday = Restriction { days: BTreeSet::from([Weekday::Sunday]), ..hours(0, 6 * 60) };
    let nightly = turns(Turn::Daily, 1, "2010-01-01T12:00:00", &[1], vec![sunday]);
    let roster = roster(&rota("America/St_Johns", vec![nightly]));
    let midnight = at("2010-11-07T02:30:00Z");
    assert!(roster.at(midnight.plus_millis(-1)).is_empty());
    let on_call = BTreeSet::from([person(1)]);
    assert_eq!(roster.at(midnight), on_call);
    assert_eq!(roster.at(midnight.plus_millis(15 * MINUTE)), on_call, "it is a quarter past eleven again");
}

#[test]
fn hours_are_those_of_the_day_even_fourteen_hours_ahead_of_utc() {
    let early = turns(Turn::Daily, 1, "2026-01-01T12:00:00", &[1], vec![hours(0, 6 * 60)]);
    let roster = roster(&rota("Pacific/Kiritimati", vec![early]));
    // One in the morning of the second of June.
    assert_eq!(roster.at(at("2026-06-01T11:00:00Z")), BTreeSet::from([person(1)]));
    assert!(roster.at(at("2026-06-01T16:00:00Z")).is_empty(), "at six it is over");
}

#[test]
fn a_rotation_of_nobody_puts_nobody_on_call() {
    let nobody = turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[], Vec::new());
    assert!(roster(&rota("UTC", vec![nobody])).at(at("2026-06-01T12:00:00Z")).is_empty());
}

#[test]
fn one_gap_lasts_while_everybody_who_was_planned_has_left() {
    let staff = |number: u8, active: bool| {
        let (name, roles) = (number.to_string(), BTreeSet::from([Role::Tier2]));
        let (id, before) = (person(number), Vec::new());
        Setting::Person(Person { id, name, roles, clients: None, active, before })
    };
    let of = |number: u8, from: u16, to: u16| {
        turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[number], vec![hours(from * 60, to * 60)])
    };
    let mut setup = Setup::default();
    let rota = rota("UTC", vec![of(1, 8, 16), of(2, 16, 18), of(3, 18, 20)]);
    for setting in [staff(1, true), staff(2, false), staff(3, false), Setting::Rota(rota)] {
        setup.take(setting).expect("a good setting");
    }
    let said = |from: &str, to: &str, left: bool| (from.to_owned(), to.to_owned(), left);
    assert_eq!(
        listed(&setup, "2026-06-01T12:00:00Z", "2026-06-03T12:00:00Z"),
        [
            said("2026-06-01T16:00:00Z", "2026-06-01T20:00:00Z", true),
            said("2026-06-01T20:00:00Z", "2026-06-02T08:00:00Z", false),
            said("2026-06-02T16:00:00Z", "2026-06-02T20:00:00Z", true),
            said("2026-06-02T20:00:00Z", "2026-06-03T08:00:00Z", false),
        ]
    );
}

#[test]
fn nights_without_anybody_are_a_gap_each() {
    let mut setup = Setup::default();
    let (id, name, roles) = (person(1), "one".to_owned(), BTreeSet::from([Role::Tier2]));
    let one = Person { id, name, roles, clients: None, active: true, before: Vec::new() };
    let by_day = turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[1], vec![hours(8 * 60, 20 * 60)]);
    for setting in [Setting::Person(one), Setting::Rota(rota("UTC", vec![by_day]))] {
        setup.take(setting).expect("a good setting");
    }
    let found: Vec<_> = gaps(&setup, at("2026-06-01T12:00:00Z"), at("2026-06-03T12:00:00Z"))
        .iter()
        .map(|gap| (gap.span.from.to_rfc3339(), gap.span.to.to_rfc3339()))
        .collect();
    let said = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(
        found,
        [
            said("2026-06-01T20:00:00Z", "2026-06-02T08:00:00Z"),
            said("2026-06-02T20:00:00Z", "2026-06-03T08:00:00Z"),
        ]
    );
}

#[test]
fn gaps_of_two_rotas_are_told_apart() {
    let mut setup = Setup::default();
    for number in [1, 2] {
        let nobody = turns(Turn::Daily, 1, "2026-01-01T00:00:00", &[9], Vec::new());
        let rota = Rota { id: RotaId(Uuid::from_u128(number)), ..rota("UTC", vec![nobody]) };
        setup.take(Setting::Rota(rota)).expect("a good rota");
    }
    let day = (at("2026-06-01T00:00:00Z"), at("2026-06-02T00:00:00Z"));
    let found: Vec<_> = gaps(&setup, day.0, day.1).into_iter().map(|gap| (gap.rota, gap.span)).collect();
    let whole = incident::Span { from: day.0, to: day.1 };
    assert_eq!(found, [1, 2].map(|number| (RotaId(Uuid::from_u128(number)), whole)));
}

#[test]
fn hours_count_on_the_first_day_of_all_too() {
    let stretches = |zone: &str, restriction: Restriction, from: &str, to: &str| {
        let noon = turns(Turn::Daily, 1, "2026-01-01T12:00:00", &[1], vec![restriction]);
        let all = roster(&rota(zone, vec![noon])).stretches(at(from), at(to));
        all.into_iter().map(|one| (one.from.to_rfc3339(), one.people.len())).collect::<Vec<_>>()
    };
    let said = |from: &str, people: usize| (from.to_owned(), people);
    // The night that began on the last day of 1969.
    assert_eq!(
        stretches("UTC", hours(22 * 60, 6 * 60), "1970-01-01T00:00:00Z", "1970-01-01T11:00:00Z"),
        [said("1970-01-01T00:00:00Z", 1), said("1970-01-01T06:00:00Z", 0)]
    );
    // In Kolkata the second day begins at half past six of the first in the evening.
    assert_eq!(
        stretches("Asia/Kolkata", hours(0, 6 * 60), "1970-01-01T12:00:00Z", "1970-01-01T23:00:00Z"),
        [said("1970-01-01T12:00:00Z", 0), said("1970-01-01T18:30:00Z", 1)]
    );
}
