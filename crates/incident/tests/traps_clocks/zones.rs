//! Clocks over changes of the wall clock: traps 33 to 35 and 42, through agreements and not calendars alone.

use incident::agreement::ClockKind;
use incident::calendar::tzdb_version;
use incident::command::MoveToClient;
use incident::{Agreement, Command, Fact, Severity, proof};

use super::{Deed, Story, at, fixture};

fn hours(hours: u32) -> impl FnOnce(&mut Agreement) {
    move |agreement| agreement.targets[2].resolution.as_mut().expect("a target").minutes = hours * 60
}

#[test]
fn trap_33_eight_office_hours_over_the_weekend_of_a_change_are_eight() {
    // Worked vector P5.
    let friday = "2026-03-06T16:00:00-05:00";
    let story = Story::house().given("bolt", hours(8)).log("bolt", friday);
    assert_eq!(story.resolution(friday).due, Some(at("2026-03-09T16:00:00-04:00")));
}

#[test]
fn trap_34_four_hours_day_and_night_are_four_elapsed_hours() {
    // Worked vector P3: an hour is skipped in between.
    let night = "2026-03-08T00:30:00-05:00";
    let story = Story::logged("acme", night).does("ines", night, Deed::Severity(Severity::One));
    assert_eq!(story.resolution(night).due, Some(at("2026-03-08T05:30:00-04:00")));
}

#[test]
fn trap_35_a_proof_adds_up_over_a_change_of_the_wall_clock() {
    let friday = "2026-03-06T16:00:00-05:00";
    let story = Story::house().given("bolt", hours(8)).log("bolt", friday);
    let now = at("2026-03-09T16:00:00-04:00");
    let shown = proof(story.incident(), &story.records.setup, ClockKind::Resolution, now).expect("a proof");
    let counted: i64 = shown.segments.iter().map(|segment| segment.counted_ms).sum();
    assert_eq!((counted, shown.spent_ms), (shown.budget_ms, shown.budget_ms));
    let offsets: Vec<_> = shown.segments.iter().map(|segment| segment.from.offset.as_str()).collect();
    assert_eq!(offsets, ["-05:00", "-04:00"]);
}

#[test]
fn trap_42_a_proof_names_the_rules_it_was_counted_by() {
    let story = Story::logged("bolt", "09:00");
    let shown = proof(story.incident(), &story.records.setup, ClockKind::Resolution, at("10:00"));
    let shown = shown.expect("a proof");
    assert_eq!(shown.tzdb, tzdb_version());
    assert_eq!(shown.calendar, "new_york (America/New_York), version 1");
    assert_eq!(shown.agreement, "silver B-1, version 1");
    // And so does the breach that is written down.
    let story = story.responded("09:10");
    let late = "2026-06-09T09:00:00-04:00";
    let command = Deed::Breach(ClockKind::Resolution).of(&story);
    let events = story.tried("server", late, &command).expect("a breach");
    let Fact::TargetBreached { counted_by: Some(by), .. } = &events[0].fact else { panic!("{events:?}") };
    assert_eq!(by.tzdb, tzdb_version());
}

#[test]
fn trap_42_a_breach_names_the_rules_that_were_in_force_when_it_passed() {
    let story = Story::logged("acme", "09:00").responded("09:10");
    let (incident, reason) = (story.id, "It is theirs".to_owned());
    let (client, services) = (fixture::client("bolt"), vec![fixture::service("bolt", "mail")]);
    let moved = Command::MoveToClient(MoveToClient { incident, client, services, reason });
    let story = story.deed("ines", "2026-06-02T09:05:00-04:00", moved);
    let command = Deed::Breach(ClockKind::Resolution).of(&story);
    let events = story.tried("server", "2026-06-02T09:10:00-04:00", &command).expect("a breach");
    let Fact::TargetBreached { due, counted_by: Some(by), .. } = &events[0].fact else {
        panic!("{events:?}")
    };
    assert_eq!(*due, at("2026-06-02T09:00:00-04:00"));
    assert!(by.agreement.starts_with("gold"), "{by:?}");
    assert!(by.calendar.starts_with("always"), "{by:?}");
}
