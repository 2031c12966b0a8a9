//! What the clocks measure: traps 1 to 14.

use incident::agreement::{ClockKind, ResponseReading};
use incident::clock::{ClockState, Easing, Marked, StampSource, Stamps, Verdict, Witness, response_readings};
use incident::command::{AcceptAssignment, ApplyWorkaround, ConfirmRestoration, LinkEvidence};
use incident::measure::{OddityKind, oddities};
use incident::{
    Command, Event, Fact, MINUTE, RefusalCode, Severity, Subject, Verb, apply, obligations, server_duties,
};

use super::{Deed, Story, assert_breached, at};

#[test]
fn trap_1_the_response_is_the_later_of_assessed_and_assigned() {
    let assigned = Story::logged("acme", "09:00").does("ines", "09:10", Deed::Assign);
    assert_eq!(assigned.clock(ClockKind::Response, "09:20").state, ClockState::Running);
    let both = assigned.does("tom", "09:30", Deed::Assess);
    assert_eq!(both.clock(ClockKind::Response, "12:00").state, ClockState::Stopped { at: at("09:30") });
}

#[test]
fn trap_2_every_reading_of_the_response_is_kept_and_named() {
    let story = Story::logged("acme", "09:00").responded("09:10");
    let accept = Command::AcceptAssignment(AcceptAssignment { incident: story.id });
    let story = story.deed("tom", "09:20", accept);
    let all = response_readings(story.incident(), &story.records.setup, at("12:00"));
    let told: Vec<_> = all.iter().map(|reading| (reading.response, reading.state.clone())).collect();
    assert_eq!(
        told,
        [
            (Some(ResponseReading::AssessedAndAssigned), ClockState::Stopped { at: at("09:10") }),
            (Some(ResponseReading::AssessedAndAccepted), ClockState::Stopped { at: at("09:20") }),
            (Some(ResponseReading::FirstReply), ClockState::Running),
        ]
    );
    assert_eq!(
        story.clock(ClockKind::Response, "12:00").response,
        Some(ResponseReading::AssessedAndAssigned)
    );
}

#[test]
fn trap_3_an_earlier_report_moves_no_start_unless_the_contract_says_so() {
    let mut entry = super::entry("acme", at("08:00"));
    entry.reported_at = at("08:00");
    let log = |story: Story| {
        let incident = story.id;
        let entry = entry.clone();
        story.deed("ines", "09:00", Command::LogIncident(incident::command::LogIncident { incident, entry }))
    };
    let policy = log(Story::house());
    assert_eq!(policy.resolution("09:01").started, at("09:00"));
    assert_eq!(policy.incident().entry.reported_at, at("08:00"), "kept for the measure of its own");
    let from_report = |agreement: &mut incident::Agreement| {
        agreement.terms.start = incident::agreement::ClockStart::Reported;
    };
    let stricter = log(Story::house().given("acme", from_report));
    assert_eq!(stricter.resolution("09:01").started, at("08:00"));
}

#[test]
fn trap_4_logged_offline_counts_from_when_it_was_saved() {
    let story = Story::house();
    let command = Command::LogIncident(incident::command::LogIncident {
        incident: story.id,
        entry: super::entry("acme", at("09:00")),
    });
    let mut events = story.tried("ines", "09:00", &command).expect("logged");
    let mut story = story;
    for event in &mut events {
        (event.received, event.uncertainty_ms) = (at("11:00"), 4_000);
        apply(&mut story.records, event);
    }
    let logged = story.incident().logged;
    assert_eq!((logged.at, logged.received, logged.uncertainty_ms), (at("09:00"), at("11:00"), 4_000));
    assert_eq!(story.clock(ClockKind::Response, "11:01").due, Some(at("10:00")));
}

#[test]
fn trap_5_a_workaround_stops_nothing() {
    let story = Story::logged("acme", "09:00").responded("09:10");
    let text = "mail by web".to_owned();
    let command = Command::ApplyWorkaround(ApplyWorkaround { incident: story.id, text });
    let story = story.deed("tom", "10:00", command);
    assert_eq!(story.resolution("12:00").state, ClockState::Running);
    assert!(story.incident().workaround.is_some(), "but it is stamped");
}

#[test]
fn trap_6_resolution_is_the_later_of_resolved_and_restored() {
    let story = Story::logged("acme", "09:00").responded("09:10");
    let story = step(story).does("tom", "11:00", Deed::Resolve);
    assert_eq!(story.resolution("12:00").state, ClockState::Running, "resolved is not restored");
    let story = story.does("tom", "13:00", Deed::Restore);
    assert_eq!(story.resolution("18:00").state, ClockState::Stopped { at: at("13:00") });
}

#[test]
fn trap_7_news_from_before_the_deadline_takes_back_no_breach_on_record() {
    let story = step(Story::logged("acme", "09:00").responded("09:10"));
    let next_day = "2026-06-02T09:01:00-04:00";
    let story = story.does("server", next_day, Deed::Breach(ClockKind::Resolution));
    let story = story.does("tom", "15:00", Deed::Restore).does("tom", "15:00", Deed::Resolve);
    assert_breached(&story.resolution(next_day), "2026-06-02T09:00:00-04:00");
}

#[test]
fn trap_7_a_stop_entered_after_its_target_is_shown_by_somebody_else() {
    let (morning, noon) = ("2026-06-02T07:00:00-04:00", "2026-06-02T12:00:00-04:00");
    let stopped = |received: &str| {
        let story = step(Story::logged("acme", "09:00").responded("09:10"));
        let story = entered(story, "mora", Deed::Restore, received);
        entered(story, "tom", Deed::Resolve, received)
    };
    let odd = |story: &Story| {
        let kinds = oddities(story.incident(), &story.records.setup).into_iter();
        kinds.map(|oddity| oddity.kind).collect::<Vec<_>>()
    };
    // Heard of at once, nothing is odd; in the last tenth of the target it is looked at, and was met all the same.
    for (received, kinds) in [("15:00:02", vec![]), (morning, vec![OddityKind::BackDated])] {
        let story = stopped(received);
        assert!(matches!(story.resolution(noon).verdict, Verdict::Met { .. }), "{received}");
        assert_eq!(odd(&story), kinds, "{received}");
    }
    // Heard of three hours after the target: a server that was down has recorded no breach, and nobody knows.
    let story = stopped(noon);
    assert_eq!(story.resolution(noon).verdict, Verdict::Uncertain { within_ms: 21 * 60 * 60_000 });
    let breach = Deed::Breach(ClockKind::Resolution);
    assert_eq!(story.refused("server", noon, breach).code, RefusalCode::TooEarly);
    let owed = obligations(&story.records, at(noon));
    assert!(owed.iter().any(|owed| owed.fulfilled_by == [Verb::LinkEvidence]));
    let (witness, link) = (Witness::Monitoring, "monitor.example/alerts/7".to_owned());
    let link = LinkEvidence { incident: story.id, clock: ClockKind::Resolution, witness, link };
    let link = Command::LinkEvidence(link);
    let own_word = story.tried("mora", noon, &link).expect_err("whoever restored it");
    assert_eq!(own_word.code, RefusalCode::NeedsSecondPerson);
    let story = story.deed("vance", noon, link.clone());
    assert!(matches!(story.resolution(noon).verdict, Verdict::Met { .. }));
    assert_eq!(odd(&story), []);
    assert_eq!(story.tried("vance", noon, &link).expect_err("twice").code, RefusalCode::TooEarly);
    let heard = story.incident().heard_late.iter().map(|heard| (heard.deed, heard.at, heard.entered));
    let both_times = |deed: Easing| (deed, at("15:00"), at(noon));
    assert_eq!(heard.collect::<Vec<_>>(), [both_times(Easing::Restored), both_times(Easing::Resolved)]);
}

/// A deed of 15:00 that the server heard of only then.
fn entered(mut story: Story, who: &str, deed: Deed, received: &str) -> Story {
    let mut events = story.tried(who, "15:00", &deed.of(&story)).expect("a deed");
    for event in &mut events {
        event.received = at(received);
        assert!(apply(&mut story.records, event));
    }
    story
}

#[test]
fn trap_8_a_stop_before_the_start_is_no_time_at_all() {
    let story = Story::logged("acme", "09:00").does("ines", "08:50", Deed::Assign);
    let story = story.does("tom", "08:55", Deed::Assess);
    let verdict = story.clock(ClockKind::Response, "12:00").verdict;
    assert_eq!(verdict, Verdict::Uncertain { within_ms: 5 * 60_000 });
}

#[test]
fn trap_9_stopping_at_the_deadline_is_met_and_a_millisecond_later_is_not() {
    let met = Story::logged("acme", "09:00").responded("10:00");
    assert_eq!(met.clock(ClockKind::Response, "12:00").verdict, Verdict::Met { spare_ms: 0 });
    let late = Story::logged("acme", "09:00").does("ines", "09:30", Deed::Assign);
    let late = late.does("tom", "10:00:00.001", Deed::Assess);
    assert_breached(&late.clock(ClockKind::Response, "12:00"), "10:00");
}

#[test]
fn trap_10_no_target_is_a_state_with_its_reason() {
    let nobody = Story::logged("cobalt", "09:00");
    let reason = |story: &Story| match story.resolution("2026-09-01T09:00:00-04:00").verdict {
        Verdict::NoTarget { reason } => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(&nobody), "no agreement covers this client and service");
    let low = Story::logged("bolt", "09:00").does("ines", "09:01", Deed::Severity(Severity::Four));
    assert_eq!(reason(&low), "silver names no resolution target for Severity 4");
}

#[test]
fn trap_11_severity_4_has_clocks_like_the_others() {
    let story = Story::logged("acme", "09:00").does("ines", "09:01", Deed::Severity(Severity::Four));
    assert_eq!(story.clock(ClockKind::Response, "09:02").due, Some(at("13:00")));
}

#[test]
fn trap_12_each_clock_breaks_on_its_own() {
    let story = Story::logged("acme", "09:00");
    let next_day = "2026-06-02T09:00:01-04:00";
    let story = story.does("server", "10:00:01", Deed::Breach(ClockKind::Response));
    let story = story.does("server", next_day, Deed::Breach(ClockKind::Resolution));
    assert_eq!(story.incident().breaches.len(), 2);
    assert_eq!(
        story.refused("server", next_day, Deed::Breach(ClockKind::Response)).code,
        RefusalCode::NothingChanges
    );
}

#[test]
fn trap_13_nothing_pauses_that_the_agreement_does_not_name() {
    let story = Story::logged("bolt", "09:00");
    for reason in incident::agreement::PauseReason::ALL {
        assert_eq!(story.refused("tom", "10:00", Deed::Pause(reason)).code, RefusalCode::PauseNotAgreed);
    }
}

#[test]
fn trap_14_a_deadline_writes_a_breach_and_nothing_else() {
    let story = Story::logged("acme", "09:00");
    let command = Deed::Breach(ClockKind::Response).of(&story);
    let events = story.tried("server", "10:01", &command).expect("a breach");
    assert!(matches!(&events[..], [only] if matches!(only.fact, Fact::TargetBreached { .. })));
    let story = story.deed("server", "10:01", command);
    assert_eq!(story.incident().responded_at(), None);
}

#[test]
fn on_a_record_at_its_end_the_server_owes_nothing() {
    let story = Story::logged("acme", "09:00");
    let owed = |story: &Story, when: &str| {
        let (due, next) = server_duties(&story.records, Subject::Incident(story.id), at(when));
        (due.into_iter().map(|duty| duty.command).collect::<Vec<_>>(), next)
    };
    let (due, _) = owed(&story, "10:01");
    assert_eq!(due, [Deed::Breach(ClockKind::Response).of(&story)]);
    let cancelled = story.happened("10:01", Fact::Cancelled { reason: "logged twice".into() });
    assert_eq!(owed(&cancelled, "10:02"), (Vec::new(), None));
}

#[test]
fn trap_55_a_stop_within_its_bound_makes_and_hides_no_breach() {
    // Seven minutes fast, and known to be: whichever side of the deadline it falls on, nobody can say.
    for (when, off) in [("09:57", 5), ("10:03", 5)] {
        let story = Story::logged("acme", "09:00").does("ines", "09:30", Deed::Assign);
        let command = Deed::Assess.of(&story);
        let mut events = story.tried("tom", when, &command).expect("assessed");
        let mut story = story;
        for event in &mut events {
            event.uncertainty_ms = off * 60_000;
            apply(&mut story.records, event);
        }
        let verdict = story.clock(ClockKind::Response, "12:00").verdict;
        assert_eq!(verdict, Verdict::Uncertain { within_ms: off * 60_000 }, "{when}");
        let (duties, _) = server_duties(&story.records, Subject::Incident(story.id), at("12:00"));
        assert_eq!(duties, [], "{when}");
        assert_eq!(
            story.refused("server", "12:00", Deed::Breach(ClockKind::Response)).code,
            RefusalCode::TooEarly
        );
        let stamp = story.incident().stamps.assessed.expect("a stamp");
        assert_eq!((stamp.source, stamp.within_ms), (StampSource::Desk, off * 60_000));
    }
    let certain = Story::logged("acme", "09:00").does("ines", "09:30", Deed::Assign);
    let certain = certain.does("tom", "10:03", Deed::Assess);
    assert_breached(&certain.clock(ClockKind::Response, "12:00"), "10:00");
    assert_eq!(at("10:03").since(at("10:00")), 3 * MINUTE);
}

#[test]
fn trap_55_the_worst_bound_is_that_of_deeds_that_may_stop_a_clock() {
    let mut story = Story::logged("acme", "09:00");
    let (subject, actor, text) = (Subject::Incident(story.id), super::fixture::person("tom"), String::new);
    let deeds = [
        (Fact::NoteAdded { text: text() }, 60_000, 0),
        (Fact::Assessed { text: text() }, 3_000, 3_000),
        (Fact::Assigned { to: actor }, 1_000, 3_000),
        (Fact::DiagnosisRecorded { text: text() }, 60_000, 3_000),
        (Fact::ServiceRestored { text: text() }, 5_000, 5_000),
        (Fact::Resolved { text: text(), cause: text() }, 9_000, 9_000),
    ];
    for (fact, uncertainty_ms, worst) in deeds {
        let (now, name) = (at("09:30"), format!("{fact:?}"));
        let event = Event { at: now, received: now, uncertainty_ms, actor, subject, fact };
        assert!(apply(&mut story.records, &event));
        assert_eq!(story.incident().stop_uncertainty_ms, worst, "{name}");
    }
}

/// A resolution step, which §3.1 wants before anything is resolved.
pub(super) fn step(story: Story) -> Story {
    let text = "old logs removed".to_owned();
    let command = incident::command::RecordResolutionStep { incident: story.id, text };
    story.deed("tom", "09:20", Command::RecordResolutionStep(command))
}

/// The client says yes.
pub(super) fn confirmed(story: Story, when: &str) -> Story {
    let incident = story.id;
    let command: ConfirmRestoration = serde_json::from_value(serde_json::json!({
        "incident": incident, "channel": "phone", "contact": "Ada", "answer": "confirmed", "text": "mail works",
    }))
    .expect("a confirmation");
    story.deed("cole", when, Command::ConfirmRestoration(command))
}

#[test]
fn each_stamp_that_stops_a_clock_is_kept_and_a_reopening_takes_the_ends_back() {
    let story = step(Story::logged("acme", "09:00").responded("09:10"));
    let accept = Command::AcceptAssignment(AcceptAssignment { incident: story.id });
    let story = story.deed("tom", "09:25", accept).does("tom", "15:00", Deed::Restore);
    let story = story.does("tom", "16:00", Deed::Resolve);
    let of_a_desk = |when: &str| Some(Marked { at: at(when), source: StampSource::Desk, within_ms: 0 });
    let stopped = Stamps {
        assessed: of_a_desk("09:10"),
        assigned: of_a_desk("09:10"),
        accepted: of_a_desk("09:25"),
        replied: None,
        restored: of_a_desk("15:00"),
        resolved: of_a_desk("16:00"),
    };
    assert_eq!(story.incident().stamps, stopped);
    let story = story.does("ines", "17:00", Deed::Reopen);
    assert_eq!(story.incident().stamps, Stamps { restored: None, resolved: None, ..stopped });
}
