//! Exceptions about clocks: traps 69 and 70, to the millisecond.

use incident::agreement::ClockKind;
use incident::clock::{Marked, StampSource, Verdict, proof};
use incident::exception::{Granted, Ground};
use incident::{ExceptionId, Fact, MINUTE, Severity};
use uuid::Uuid;

use super::measured::step;
use super::{Deed, Story, assert_breached, at};

/// Severity 2 of acme, due at 17:00, and an exception from one moment to another.
fn excepted(from: &str, until: &str, is_retroactive: bool) -> Story {
    let granted = Granted {
        id: ExceptionId(Uuid::from_u128(0xE)),
        clause: "§3.3".into(),
        clock: Some(ClockKind::Resolution),
        from: at(from),
        until: at(until),
        is_retroactive,
        is_undecided: false,
        ground: incident::exception::Ground::Deviation,
    };
    let story = Story::logged("acme", "09:00").does("ines", "09:00", Deed::Severity(Severity::Two));
    step(story.responded("09:10")).happened("12:00", Fact::ExceptionGranted { granted })
}

#[test]
fn trap_70_an_exception_covers_instants_and_not_the_incident() {
    let story = excepted("12:00", "19:00", false);
    let covered = |when: &str| matches!(story.resolution(when).verdict, Verdict::Excluded { .. });
    assert!(covered("18:00") && covered("19:00"));
    // Its end is not covered any more: late from there on.
    assert_breached(&story.resolution("19:00:00.001"), "19:00");
    let broken = story.resolution("18:00").broken.expect("a raw failure");
    assert_eq!(broken.at, at("17:00"), "the raw failure is kept");
}

#[test]
fn trap_70_what_stopped_inside_is_excluded_and_what_stopped_after_is_not() {
    let stop = |story: Story, when: &str| {
        let story = story.does("tom", when, Deed::Restore).does("tom", when, Deed::Resolve);
        story.resolution("23:00").verdict
    };
    let inside = stop(excepted("12:00", "19:00", false), "18:59:59.999");
    assert!(matches!(inside, Verdict::Excluded { at: broken, .. } if broken == at("17:00")), "{inside:?}");
    let after = stop(excepted("12:00", "19:00", false), "19:00:00.001");
    assert!(matches!(after, Verdict::Breached { at: broken, .. } if broken == at("19:00")), "{after:?}");
    // One that begins a millisecond too late covers the failure no more.
    let too_late = stop(excepted("17:00:00.001", "19:00", false), "18:00");
    assert!(
        matches!(too_late, Verdict::Breached { at: broken, .. } if broken == at("17:00")),
        "{too_late:?}"
    );
    let just = stop(excepted("17:00", "19:00", false), "18:00");
    assert!(matches!(just, Verdict::Excluded { .. }), "{just:?}");
}

#[test]
fn trap_70_two_exceptions_without_a_gap_cover_together() {
    let second = Granted {
        id: ExceptionId(Uuid::from_u128(0xF)),
        clause: "§3.3".into(),
        clock: Some(ClockKind::Resolution),
        from: at("19:00"),
        until: at("20:00"),
        is_retroactive: false,
        is_undecided: false,
        ground: incident::exception::Ground::Deviation,
    };
    let story = excepted("12:00", "19:00", false);
    let story = story.happened("18:00", Fact::ExceptionGranted { granted: second });
    assert!(matches!(story.resolution("19:30").verdict, Verdict::Excluded { .. }));
    let id = ExceptionId(Uuid::from_u128(0xF));
    let story = story.happened("19:10", Fact::ExceptionEnded { id });
    assert_breached(&story.resolution("19:30"), "19:10");
}

#[test]
fn trap_70_an_exception_about_one_clock_excuses_no_other() {
    let mut story = excepted("09:00", "23:00", false);
    story.id = super::fixture::incident("I1");
    let late = story.clock(ClockKind::Response, "23:00");
    assert!(
        matches!(late.verdict, Verdict::Met { spare_ms } if spare_ms == 20 * MINUTE),
        "{:?}",
        late.verdict
    );
}

#[test]
fn trap_69_a_retroactive_exception_is_shown_and_the_failure_stays() {
    let story = excepted("16:00", "23:00", true);
    let reading = story.resolution("18:00");
    assert_breached(&reading, "17:00");
    assert_eq!(reading.excepted_afterwards, Some(ExceptionId(Uuid::from_u128(0xE))));
}

#[test]
fn a_grant_takes_the_place_of_an_earlier_one_about_the_same_clock_alone() {
    let granted = |new: &Granted| Fact::ExceptionGranted { granted: new.clone() };
    let story = excepted("12:00", "19:00", false);
    let first = story.incident().exceptions[0].clone();
    let other = Granted { clock: Some(ClockKind::Response), ..first.clone() };
    let longer = Granted { until: at("20:00"), ..first };
    let story = story.happened("12:00", granted(&other)).happened("13:00", granted(&longer));
    assert_eq!(story.incident().exceptions, [other, longer]);
}

#[test]
fn only_a_decided_deviation_of_this_clock_excepts_it_afterwards() {
    let after = |change: fn(Granted) -> Granted| {
        let granted = change(excepted("16:00", "23:00", true).incident().exceptions[0].clone());
        let story = Story::logged("acme", "09:00").does("ines", "09:00", Deed::Severity(Severity::Two));
        let story = step(story.responded("09:10")).happened("12:00", Fact::ExceptionGranted { granted });
        story.resolution("18:00").excepted_afterwards
    };
    assert_eq!(after(|granted| granted), Some(ExceptionId(Uuid::from_u128(0xE))));
    let of_the_response = |granted: Granted| Granted { clock: Some(ClockKind::Response), ..granted };
    assert_eq!(after(of_the_response), None, "it is about another clock");
    assert_eq!(after(|granted| Granted { is_undecided: true, ..granted }), None, "nobody has decided");
    assert_eq!(after(|granted| Granted { ground: Ground::WrongRecord, ..granted }), None, "a correction");
}

#[test]
fn a_proof_names_its_start_and_the_exceptions_of_its_own_clock() {
    let story = excepted("12:00", "19:00", false);
    let own = story.incident().exceptions[0].clone();
    let other =
        Granted { id: ExceptionId(Uuid::from_u128(0xF)), clock: Some(ClockKind::Response), ..own.clone() };
    let story = story.happened("13:00", Fact::ExceptionGranted { granted: other });
    let shown = proof(story.incident(), &story.records.setup, ClockKind::Resolution, at("14:00"));
    let shown = shown.expect("a proof");
    assert_eq!(shown.exceptions, [own]);
    let logged = Marked { at: at("09:00"), source: StampSource::Desk, within_ms: 0 };
    assert_eq!(shown.start, Some(logged));
}
