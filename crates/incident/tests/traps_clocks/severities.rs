//! Severities that change while clocks run: traps 22 to 24, and who may lower one.

use incident::{RefusalCode, Severity};

use super::{Deed, Story, assert_breached, at};

#[test]
fn trap_22_a_raise_counts_from_logged_and_is_late_at_the_earliest_then() {
    let story = Story::logged("acme", "09:00").does("ines", "15:00", Deed::Severity(Severity::One));
    let reading = story.resolution("15:01");
    assert_eq!(reading.due, Some(at("13:00")));
    assert_breached(&reading, "15:00");
    assert!(reading.broken.is_some_and(|broken| broken.on_arrival));
    let shown = incident::proof(
        story.incident(),
        &story.records.setup,
        incident::agreement::ClockKind::Resolution,
        at("15:01"),
    )
    .expect("a proof");
    assert_eq!((shown.spent_ms, shown.since_severity_ms), (361 * 60_000, 60_000));
}

#[test]
fn trap_23_lowering_after_a_breach_takes_two_and_hides_nothing() {
    let story = Story::logged("acme", "09:00").does("ines", "09:00", Deed::Severity(Severity::Two));
    let refusal = story.refused("mora", "18:00", Deed::Severity(Severity::Three));
    assert_eq!(refusal.code, RefusalCode::NeedsSecondPerson);
    let story = story.does("ines", "18:00", Deed::Propose(Severity::Three));
    assert_eq!(story.incident().severity(), Severity::Two, "it stays until somebody else agrees");
    let story = story.does("mora", "18:05", Deed::Agree(Severity::Three));
    let reading = story.resolution("18:06");
    assert_breached(&reading, "17:00");
    assert_eq!(reading.due, Some(at("2026-06-02T09:00:00-04:00")), "the new target counts forward");
    let set = story.incident().severities.last().expect("a severity");
    assert_eq!(
        (set.by, set.agreed_by),
        (super::fixture::person("ines"), Some(super::fixture::person("mora")))
    );
}

#[test]
fn trap_24_down_and_up_again_is_one_history() {
    let story = Story::logged("acme", "09:00").does("ines", "09:00", Deed::Severity(Severity::Two));
    let story = story.responded("09:05").does("ines", "10:00", Deed::Propose(Severity::Four));
    let story = story.does("mora", "10:00", Deed::Agree(Severity::Four));
    let story = story.does("ines", "16:00", Deed::Severity(Severity::Two));
    let reading = story.resolution("16:01");
    assert_eq!((reading.started, reading.due), (at("09:00"), Some(at("17:00"))));
}

#[test]
fn nobody_agrees_with_themselves_nor_with_a_deadline_to_gain() {
    let story = Story::logged("acme", "09:00").does("ines", "09:00", Deed::Severity(Severity::Two));
    let own = Story::logged("acme", "09:00").does("mora", "09:00", Deed::Severity(Severity::Two));
    let own = own.does("mora", "09:10", Deed::Propose(Severity::Three));
    assert_eq!(
        own.refused("mora", "09:11", Deed::Agree(Severity::Three)).code,
        RefusalCode::NeedsSecondPerson
    );
    let other = story.does("ines", "09:10", Deed::Propose(Severity::Three));
    assert!(other.tried("mora", "09:11", &Deed::Agree(Severity::Three).of(&other)).is_ok());
}

#[test]
fn the_severity_before_a_change_is_the_one_that_it_ended() {
    let story = Story::logged("acme", "09:00").does("ines", "10:00", Deed::Severity(Severity::Two));
    let story = story.does("mora", "11:00", Deed::Severity(Severity::One));
    let before = |when: &str| story.incident().severity_before(at(when));
    assert_eq!(before("08:00"), Severity::Three, "before all of them, the first");
    assert_eq!((before("10:00"), before("10:00:00.001")), (Severity::Three, Severity::Two));
    assert_eq!((before("11:00"), before("11:00:00.001")), (Severity::Two, Severity::One));
}
