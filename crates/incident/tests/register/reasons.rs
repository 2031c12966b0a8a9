//! Why the register says what it says, in words, and what it says where two things fall into one instant.

use incident::compliance::{Clause, Judgement, Verdict, judge, judge_house};
use incident::exception::Word;
use incident::{Fact, MINUTE, PersonId, RecordRef, Severity, Source};

use crate::fixture;
use crate::story::{LATER, Story, at};

fn clause(id: &str) -> &'static Clause {
    Clause::of(id).expect("a clause")
}

/// What a clause says of the incident of a story.
fn said(story: &Story, id: &str) -> Judgement {
    let records = story.records();
    let incident = records.incidents.values().next().expect("an incident");
    judge(clause(id), RecordRef::Incident(incident), &records.setup, LATER)
}

#[test]
fn what_came_late_is_said_in_minutes() {
    let mut logged = Story::only_logged();
    logged.entry(|entry| entry.reported_at = at("08:00"));
    let why = "It was logged 60 minutes after it was reported; 15 are allowed.";
    assert_eq!(said(&logged, "§3.1/2").why, why);
    let mut reported = Story::only_logged();
    reported.entry(|entry| (entry.source, entry.detected_at) = (Source::Staff, Some(at("08:30"))));
    let why = "It was reported 25 minutes after staff saw it; 15 are allowed.";
    assert_eq!(said(&reported, "§3.2/3").why, why);
}

#[test]
fn why_nobody_can_tell_whether_a_target_was_met() {
    let late = "It hangs on what was entered after its target had passed, and nothing shows when that was.";
    let off = "Its stamps may be off by 2700 s, which is more than the margin.";
    // Done at half past twelve, as it says, where one o'clock was agreed; the last tenth begins at 12:36.
    for (received, uncertainty_ms, why) in
        [("14:00", 0, late), ("13:00", 2_700_000, off), ("12:50", 2_700_000, off), ("12:30", 2_700_000, off)]
    {
        let mut story = Story::good();
        story.later("10:30", 120);
        story.each(|event| {
            if matches!(event.fact, Fact::Resolved { .. }) {
                (event.received, event.uncertainty_ms) = (at(received), uncertainty_ms);
            }
        });
        let judged = said(&story, "§3.3/3");
        assert_eq!((judged.verdict, &*judged.why), (Verdict::NeedsHumanReview, why), "{received}");
    }
}

#[test]
fn a_sentence_names_five_who_lack_something_and_counts_the_others() {
    let why = |severities: &[Severity]| {
        let mut story = Story::only_logged();
        story.set_up(|setup| {
            for targets in setup.agreements.values_mut().map(|agreement| &mut agreement.targets) {
                severities.iter().for_each(|severity| targets[severity.index()].resolution = None);
            }
        });
        judge_house(clause("§3.3/5"), &story.records(), LATER).why.into_owned()
    };
    let none = "No response and resolution targets are agreed";
    assert_eq!(
        why(&[Severity::Four]),
        format!("{none}: acme, Low; bolt, Low; cobalt, Low."),
        "nobody is left to be counted"
    );
    assert_eq!(
        why(&[Severity::Three, Severity::Four]),
        format!("{none}: acme, Low; acme, Medium; bolt, Low; bolt, Medium; cobalt, Low; and 1 more.")
    );
}

#[test]
fn colleagues_may_have_heard_what_the_log_of_another_desk_does_not_tell() {
    let mut story = Story::good();
    story.each(|event| event.actor = PersonId::SERVER);
    assert_eq!(said(&story, "§3.4/7").verdict, Verdict::Kept, "what it does tell is judged");
    story.without(|fact| matches!(fact, Fact::InternallyUpdated { .. }));
    story.set_up(|setup| setup.house.communication.internal_update_minutes = [Some(120), Some(120)]);
    assert_eq!(said(&story, "§3.4/7").verdict, Verdict::NeedsHumanReview);
}

#[test]
fn a_review_is_arranged_before_it_is_closed_or_as_it_is() {
    for (time, verdict) in [("11:00", Verdict::Kept), ("11:01", Verdict::Failed { at: at("11:00") })] {
        let mut story = Story::good();
        story.each(|event| {
            if matches!(event.fact, Fact::ReviewAttached { .. }) {
                event.at = at(time);
            }
        });
        assert_eq!(said(&story, "§3.7/1").verdict, verdict, "{time}");
    }
}

#[test]
fn a_promise_is_shown_by_the_message_that_made_it() {
    let mut story = Story::good();
    // It was grave no longer when the first notice was given. Each word promised the next, the last one nothing.
    story.add("09:07", "mora", severity(Severity::Three));
    story.add("10:20", "mora", severity(Severity::One));
    let judged = said(&story, "§3.4/9");
    let shown: Vec<_> = judged.evidence.iter().map(|entry| (entry.fact, entry.at)).collect();
    assert_eq!(
        (judged.verdict, shown),
        (
            Verdict::Kept,
            vec![
                ("message_written", at("09:08")),
                ("delivery_recorded", at("10:02")),
                ("message_written", at("10:02")),
                ("restoration_confirmed", at("10:10")),
            ]
        )
    );
}

fn severity(severity: Severity) -> Fact {
    Fact::SeverityChanged { severity, reason: "What Ada says".into(), matrix: None }
}

#[test]
fn a_sample_that_nobody_looked_at_settles_nothing() {
    let mut story = Story::good();
    story.without(|fact| {
        matches!(
            fact,
            Fact::FindingReported { .. } | Fact::FindingAnswered { .. } | Fact::FindingClosed { .. }
        )
    });
    let records = story.records();
    let audit = records.audits.values().next().expect("an audit");
    let judged = judge(clause("§4.1/2"), RecordRef::Audit(audit), &records.setup, LATER);
    let why = "It was closed with 0 findings that nobody settled, and 1 records that nobody looked at.";
    assert_eq!((judged.verdict, &*judged.why), (Verdict::Failed { at: at("14:40") }, why));
}

#[test]
fn an_exception_takes_as_many_people_as_it_needed() {
    let records = Story::with_an_exception().records();
    let granted = records.exceptions.values().next().expect("an exception");
    for (people, needed, verdict) in
        [(&["vance"][..], 2, Verdict::Failed { at: at("12:10") }), (&["vance", "mora"][..], 1, Verdict::Kept)]
    {
        let mut exception = granted.as_ref().clone();
        exception.application.people_needed = needed;
        let word = exception.approvals.pop().expect("an approval");
        exception.approvals =
            people.iter().map(|name| Word { by: fixture::person(name), ..word.clone() }).collect();
        let judged = judge(clause("§4.2/2"), RecordRef::Exception(&exception), &records.setup, LATER);
        assert_eq!(judged.verdict, verdict, "{people:?} where {needed} are needed");
    }
}

#[test]
fn a_report_lies_ahead_of_its_entry_by_two_minutes_at_most() {
    let logged = at("09:00");
    for (ahead_ms, verdict) in [(2 * MINUTE, Verdict::Kept), (2 * MINUTE + 1, Verdict::Failed { at: logged })]
    {
        let mut story = Story::only_logged();
        story.entry(|entry| entry.reported_at = logged.plus_millis(ahead_ms));
        assert_eq!(said(&story, "§3.1/4").verdict, verdict, "{ahead_ms} ms ahead");
    }
}

#[test]
fn who_answers_for_a_client_that_is_not_known_here_people_judge() {
    let mut story = Story::good();
    story.set_up(|setup| setup.clients.clear());
    assert_eq!(said(&story, "§3.4/6").verdict, Verdict::NeedsHumanReview);
    let mut story = Story::good();
    story.nobody_answers_for_the_client();
    assert_eq!(said(&story, "§3.4/6").verdict, Verdict::Failed { at: at("09:00") });
}
