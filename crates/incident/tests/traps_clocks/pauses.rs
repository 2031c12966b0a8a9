//! Pauses and reopenings: traps 15 to 21 and 28 to 32.

use std::collections::BTreeSet;

use incident::agreement::{ClockKind, PauseCap, PauseReason, PauseRule, ReopenMode};
use incident::category::CategoryCode;
use incident::clock::{ClockState, Verdict, proof};
use incident::command::{Cancel, Close, LogIncident, RecordCap, TellClient};
use incident::oversight::RecurrenceRule;
use incident::review::recurring;
use incident::timeline::line;
use incident::{
    Agreement, Command, Duty, Fact, LogEntry, RefusalCode, Severity, Span, Subject, Verb, obligations,
    server_duties,
};

use super::measured::{confirmed, step};
use super::{Deed, Story, assert_breached, at};

const CLIENT: PauseReason = PauseReason::AwaitingClient;

fn allowing(minutes: Option<u32>, times: Option<u32>) -> impl FnOnce(&mut Agreement) {
    move |agreement| {
        agreement.pauses = vec![PauseRule {
            reason: CLIENT,
            clocks: vec![ClockKind::Resolution],
            cap: PauseCap { minutes, times },
            review_minutes: None,
        }];
    }
}

fn promising(minutes: u32) -> impl FnOnce(&mut Agreement) {
    move |agreement| {
        allowing(None, None)(agreement);
        let target = agreement.targets[2].resolution.as_mut().expect("a target");
        target.minutes = minutes;
    }
}

#[test]
fn trap_15_after_a_pause_the_business_time_left_runs_on() {
    // Worked vector P1: a Friday, and the weekend on which the clocks of New York go forward.
    let friday = "2026-03-06T15:00:00-05:00";
    let story = Story::house().given("bolt", promising(12 * 60)).log("bolt", friday);
    assert_eq!(story.resolution(friday).due, Some(at("2026-03-10T11:00:00-04:00")));
    let story = story.does("tom", "2026-03-06T16:30:00-05:00", Deed::Pause(CLIENT));
    let story = story.does("tom", "2026-03-09T09:30:00-04:00", Deed::Resume);
    assert_eq!(story.resolution("2026-03-09T09:31:00-04:00").due, Some(at("2026-03-10T12:00:00-04:00")));
}

#[test]
fn trap_16_a_pause_outside_hours_changes_nothing() {
    let friday = "2026-03-06T15:00:00-05:00";
    let story = Story::house().given("bolt", promising(12 * 60)).log("bolt", friday);
    let story = story.does("tom", "2026-03-06T18:00:00-05:00", Deed::Pause(CLIENT));
    let story = story.does("tom", "2026-03-09T08:00:00-04:00", Deed::Resume);
    assert_eq!(story.resolution("2026-03-09T09:31:00-04:00").due, Some(at("2026-03-10T11:00:00-04:00")));
}

#[test]
fn trap_17_a_pause_after_the_breach_leaves_it_broken() {
    let story = Story::logged("acme", "09:00").does("ines", "09:00", Deed::Severity(Severity::Two));
    let story = story.does("tom", "17:30", Deed::Pause(CLIENT));
    let reading = story.resolution("18:00");
    assert_breached(&reading, "17:00");
    assert!(matches!(reading.state, ClockState::Paused { .. }), "and it is shown as waiting");
}

#[test]
fn trap_18_the_response_does_not_wait_for_a_client_who_was_not_assessed() {
    let story = Story::logged("acme", "09:00").does("tom", "09:10", Deed::Pause(CLIENT));
    assert_eq!(story.clock(ClockKind::Response, "09:20").state, ClockState::Running);
    assert!(matches!(story.resolution("09:20").state, ClockState::Paused { .. }));
}

#[test]
fn a_pause_outlives_a_restoration_and_ends_with_the_resolution() {
    let story = step(Story::logged("acme", "09:00").responded("09:10"));
    let story = story.does("tom", "10:00", Deed::Pause(CLIENT)).does("tom", "11:00", Deed::Restore);
    assert!(story.incident().open_pause().is_some(), "it is not resolved yet, and still waits");
    let story = story.does("tom", "12:00", Deed::Resolve);
    assert_eq!(story.incident().pauses[0].to, Some(at("12:00")));
}

#[test]
fn trap_19_an_answer_on_saturday_resumes_at_the_next_opening() {
    // Worked vector P14.
    let friday = "2026-06-05T15:00:00-04:00";
    let story = Story::house().given("bolt", promising(4 * 60)).log("bolt", friday);
    let story = story.does("tom", "2026-06-05T16:00:00-04:00", Deed::Pause(CLIENT));
    let story = story.does("ines", "2026-06-06T11:00:00-04:00", Deed::Resume);
    let reading = story.resolution("2026-06-06T11:01:00-04:00");
    assert_eq!((reading.state, reading.due), (ClockState::Running, Some(at("2026-06-08T12:00:00-04:00"))));
}

#[test]
fn trap_28_a_reopening_does_what_the_agreement_says() {
    // Worked vector P17: sixteen hours from Monday 09:00, resolved at 15:00, reopened on Thursday at 15:00.
    let reopened = |mode, is_confirmed: bool| {
        let terms = move |agreement: &mut Agreement| {
            promising(16 * 60)(agreement);
            agreement.terms.reopening = mode;
        };
        let story = step(Story::house().given("bolt", terms).log("bolt", "09:00").responded("09:10"));
        let story = story.does("tom", "15:00", Deed::Restore).does("tom", "15:00", Deed::Resolve);
        let story = if is_confirmed { confirmed(story, "15:05") } else { story };
        story.does("ines", "2026-06-04T15:00:00-04:00", Deed::Reopen).resolution("2026-06-04T15:01:00-04:00")
    };
    let (excluded, tuesday) = ("2026-06-05T17:00:00-04:00", "2026-06-02T17:00:00-04:00");
    assert_eq!(reopened(ReopenMode::LeftOutIfConfirmed, true).due, Some(at(excluded)));
    assert_eq!(reopened(ReopenMode::LeftOut, false).due, Some(at(excluded)));
    assert_breached(&reopened(ReopenMode::LeftOutIfConfirmed, false), tuesday);
    assert_breached(&reopened(ReopenMode::Counted, true), tuesday);
    let again = reopened(ReopenMode::Restarted, true);
    assert_eq!((again.started, again.verdict), (at("2026-06-04T15:00:00-04:00"), Verdict::Pending));
}

#[test]
fn trap_28_a_restarted_clock_forgets_no_breach() {
    let terms = |agreement: &mut Agreement| {
        promising(4 * 60)(agreement);
        agreement.terms.reopening = ReopenMode::Restarted;
    };
    let story = step(Story::house().given("bolt", terms).log("bolt", "09:00").responded("09:10"));
    let story = story.does("tom", "15:00", Deed::Restore).does("tom", "15:00", Deed::Resolve);
    assert_breached(&story.resolution("15:00"), "13:00");
    let story = story.does("ines", "16:00", Deed::Reopen);
    assert_breached(&story.resolution("16:01"), "13:00");
}

#[test]
fn trap_29_a_reopening_takes_back_no_response() {
    let story = step(Story::logged("acme", "09:00").responded("09:10"));
    let story = story.does("tom", "15:00", Deed::Restore).does("ines", "16:00", Deed::Reopen);
    assert_eq!(story.clock(ClockKind::Response, "17:00").state, ClockState::Stopped { at: at("09:10") });
}

#[test]
fn trap_30_a_closed_record_is_not_reopened() {
    let story = step(Story::logged("acme", "09:00").responded("09:10"));
    let story = story.happened("15:00", Fact::Closed { text: "done".into(), unconfirmed_reason: None });
    assert_eq!(story.refused("ines", "16:00", Deed::Reopen).code, RefusalCode::NotOpen);
    let text = "again".to_owned();
    let close = Command::Close(Close { incident: story.id, text, unconfirmed_reason: None });
    assert_eq!(story.tried("ines", "16:00", &close).expect_err("closed").code, RefusalCode::NotOpen);
}

#[test]
fn trap_30_what_comes_back_after_its_end_is_a_new_incident_that_counts_as_a_recurrence() {
    let like = || Fact::Categorised { category: CategoryCode("network_outage".to_owned()) };
    let story = step(Story::logged("acme", "09:00").responded("09:10").happened("09:15", like()));
    let story = story.happened("15:00", Fact::Closed { text: "done".into(), unconfirmed_reason: None });
    let (first, closed) = (story.id, story.incident().clone());
    let incident = super::fixture::incident("I2");
    let entry = LogEntry { recurrence_of: Some(first), ..super::entry("acme", at("16:00")) };
    let story = story.deed("ines", "16:00", Command::LogIncident(LogIncident { incident, entry }));
    let story = Story { id: incident, ..story }.happened("16:05", like());
    assert_eq!(*story.records.incidents[&first], closed, "its history is not rewritten");
    assert_eq!(story.incident().entry.recurrence_of, Some(first));
    let all = story.records.incidents.values().map(AsRef::as_ref);
    let found = recurring(all, story.incident(), RecurrenceRule { count: 2, days: 30 });
    assert_eq!(found, BTreeSet::from([first, incident]));
}

#[test]
fn trap_31_over_the_cap_the_clock_runs_without_anybody() {
    let story = Story::house().given("acme", allowing(Some(120), None)).log("acme", "09:00");
    let story = story.does("tom", "10:00", Deed::Pause(CLIENT));
    let waiting = |when: &str| matches!(story.resolution(when).state, ClockState::Paused { .. });
    assert!(waiting("11:59:59.999") && !waiting("12:00"));
    assert_eq!(story.resolution("18:00").due, Some(at("2026-06-02T11:00:00-04:00")));
    let shown = proof(story.incident(), &story.records.setup, ClockKind::Resolution, at("18:00"));
    let shown = shown.expect("a proof");
    assert_eq!(shown.left_out[0].why, "waiting for the client, up to the agreement's cap");
    let story = story.does("tom", "18:00", Deed::Resume);
    assert_eq!(story.refused("tom", "18:01", Deed::Pause(CLIENT)).code, RefusalCode::PauseNotAgreed);
}

#[test]
fn trap_31_what_is_left_of_the_cap_counts_over_all_pauses() {
    let story = Story::house().given("acme", allowing(Some(120), Some(2))).log("acme", "09:00");
    let story = story.does("tom", "10:00", Deed::Pause(CLIENT)).does("tom", "11:30", Deed::Resume);
    let story = story.does("tom", "13:00", Deed::Pause(CLIENT));
    let until = match story.resolution("13:10").state {
        ClockState::Paused { until, .. } => until,
        other => panic!("{other:?}"),
    };
    assert_eq!(until, Some(at("13:30")));
    let story = story.does("tom", "13:10", Deed::Resume);
    assert_eq!(story.refused("tom", "14:00", Deed::Pause(CLIENT)).code, RefusalCode::PauseNotAgreed, "twice");
}

#[test]
fn trap_31_the_end_of_a_cap_is_heard_and_the_client_is_asked_again() {
    let story = Story::house().given("acme", |agreement| {
        allowing(Some(120), None)(agreement);
        agreement.pauses[0].review_minutes = Some(60);
    });
    let story = story.log("acme", "09:00").does("tom", "10:00", Deed::Pause(CLIENT));
    let all = obligations(&story.records, at("10:30"));
    let owed = |duty: Duty| all.iter().find(|owed| owed.duty == duty).expect("a duty");
    let restore = owed(Duty::Restore);
    assert_eq!(restore.due, Some(at("2026-06-02T11:00:00-04:00")), "what the cap leaves it");
    assert!(!restore.paused && restore.attention.is_some(), "it rings though the clock stands still");
    let ask = owed(Duty::UpdateClient);
    assert_eq!(ask.due, Some(at("11:00")));
    assert_eq!(ask.fulfilled_by, [Verb::ReviewPause, Verb::ResumeClock]);
}

#[test]
fn trap_31_a_cap_that_is_reached_is_on_record_once() {
    let story = Story::house().given("acme", allowing(Some(120), None)).log("acme", "09:00");
    let story = story.responded("09:10").does("tom", "10:00", Deed::Pause(CLIENT));
    let record = Command::RecordCap(RecordCap { incident: story.id });
    let owed = |story: &Story, when: &str| {
        let (due, next) = server_duties(&story.records, Subject::Incident(story.id), at(when));
        (due.into_iter().map(|duty| duty.command).collect::<Vec<_>>(), next)
    };
    assert_eq!(owed(&story, "11:59:59.999"), (Vec::new(), Some(at("12:00"))));
    let refused = |story: &Story, when: &str| story.tried("server", when, &record).expect_err("a no").code;
    assert_eq!(refused(&story, "11:59:59.999"), RefusalCode::TooEarly);
    assert_eq!(owed(&story, "12:00").0, std::slice::from_ref(&record));
    // A server that was down says since when.
    let events = story.tried("server", "12:40", &record).expect("a cap");
    let clocks = vec![ClockKind::Resolution];
    let reached = Fact::CapReached { reason: CLIENT, clocks, since: at("12:00") };
    assert!(matches!(&events[..], [only] if only.fact == reached), "{events:?}");
    let told = line(&reached, &story.records.setup);
    assert_eq!(told.title, "Clock runs on (resolution): no more waiting for the client is agreed");
    let story = story.deed("server", "12:40", record.clone());
    assert_eq!(owed(&story, "12:40").0, []);
    assert_eq!(refused(&story, "12:41"), RefusalCode::TooEarly, "once");
    // The pause is open until somebody ends it, and whoever has it is asked to.
    let ask = obligations(&story.records, at("12:41"));
    let ask = ask.iter().find(|owed| owed.fulfilled_by == [Verb::ResumeClock]).expect("a duty");
    assert_eq!((ask.owner.person, ask.due), (Some(super::fixture::person("tom")), Some(at("12:00"))));
    // What is resumed in time has no cap to tell of.
    let again = Story::house().given("acme", allowing(Some(120), None)).log("acme", "09:00");
    let again = again.does("tom", "10:00", Deed::Pause(CLIENT)).does("tom", "11:00", Deed::Resume);
    assert_eq!(refused(&again, "13:00"), RefusalCode::TooEarly);
}

#[test]
fn trap_31_each_pause_is_told_to_the_client() {
    let story = Story::logged("acme", "09:00").does("tom", "10:00", Deed::Pause(CLIENT));
    let is_owed = |story: &Story, when: &str| {
        let owed = obligations(&story.records, at(when));
        owed.iter().any(|owed| owed.duty == Duty::UpdateClient && owed.fulfilled_by == [Verb::TellClient])
    };
    assert!(is_owed(&story, "10:01"));
    let story = told(story, "M1", "10:05");
    assert!(!is_owed(&story, "10:06"));
    let story = story.does("tom", "11:00", Deed::Resume).does("tom", "12:00", Deed::Pause(CLIENT));
    assert!(is_owed(&story, "12:01"), "the word of the first pause is none of the second");
    assert!(!is_owed(&told(story, "M2", "12:02"), "12:03"));
}

/// A word that reaches the client.
fn told(story: Story, message: &str, when: &str) -> Story {
    let command: TellClient = serde_json::from_value(serde_json::json!({
        "incident": story.id,
        "message": super::fixture::message(message),
        "kind": if message == "M1" { "first_notice" } else { "update" },
        "channel": "phone",
        "contact": "Ada",
        "text": format!("{message}: we wait for your answer"),
        "outcome": "answered",
    }))
    .expect("a message");
    story.deed("cole", when, Command::TellClient(command))
}

#[test]
fn trap_32_a_cancelled_incident_is_told_apart_and_not_called_met() {
    let story = Story::logged("acme", "09:00");
    let reason = "logged twice".to_owned();
    let cancel = Command::Cancel(Cancel { incident: story.id, reason });
    let story = story.deed("ines", "10:00", cancel);
    let reading = story.resolution("12:00");
    assert_eq!((reading.state, reading.verdict), (ClockState::NotCounted, Verdict::NotApplicable));
}

#[test]
fn a_wait_that_is_used_up_is_left_out_no_more() {
    let story = Story::house().given("acme", |agreement| {
        allowing(Some(60), None)(agreement);
        let cap = PauseCap { minutes: Some(240), times: None };
        agreement.pauses.push(PauseRule {
            reason: CLIENT,
            clocks: vec![ClockKind::Restoration],
            cap,
            review_minutes: None,
        });
    });
    let story = story.log("acme", "09:00").does("tom", "10:00", Deed::Pause(CLIENT));
    let story = story.does("tom", "11:00", Deed::Resume).does("tom", "12:00", Deed::Pause(CLIENT));
    let shown = proof(story.incident(), &story.records.setup, ClockKind::Resolution, at("13:00"));
    let left_out: Vec<_> =
        shown.expect("a proof").left_out.into_iter().map(|left_out| left_out.span).collect();
    assert_eq!(left_out, [Span { from: at("10:00"), to: at("11:00") }], "the second wait has nothing left");
}
