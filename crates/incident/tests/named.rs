//! The records that a deed is decided on: whoever holds records loads those that it names, and no others.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use std::collections::BTreeMap;

use incident::command::{LogIncident, ProposeViolation};
use incident::{Command, EntryId, RefusalCode, Subject, Timestamp, Verb, apply, decide};
use sensible::Desk;
use sensible::entry::entry;

/// What each deed names, as shifts name it; every other deed is done on its incident alone.
const BESIDE_AN_INCIDENT: [(Verb, &str); 53] = [
    (Verb::RaiseSignal, "S1"),
    (Verb::AcceptSignal, "S1 I1"),
    (Verb::DismissSignal, "S1"),
    (Verb::MergeSignal, "S1 I1"),
    (Verb::RecordAlert, "S1"),
    (Verb::RequestException, "X1 I1"),
    (Verb::RequestCorrection, "X1 I1"),
    (Verb::BreakGlass, "X1 I1"),
    (Verb::AmendException, "X9"),
    (Verb::ApproveException, "X9"),
    (Verb::DeclineException, "X9"),
    (Verb::ReturnException, "X9"),
    (Verb::AnswerException, "X9"),
    (Verb::RevokeException, "X9"),
    (Verb::InvokeException, "X9 I9"),
    (Verb::LapseException, "X9"),
    (Verb::ExpireException, "X9"),
    (Verb::OpenReview, "R1 I1"),
    (Verb::ExtendReview, "R9 I9"),
    (Verb::WriteReview, "R9"),
    (Verb::CompleteReview, "R9"),
    (Verb::CloseReview, "R9"),
    (Verb::AddAction, "R9"),
    (Verb::FinishAction, "R9"),
    (Verb::VerifyAction, "R9"),
    (Verb::ReopenAction, "R9"),
    (Verb::UpholdAction, "R9"),
    (Verb::ProposeViolation, "V1 I1"),
    (Verb::AnswerViolation, "V9"),
    (Verb::DecideViolation, "V9"),
    (Verb::DrawSample, "A1"),
    (Verb::ReplaceSample, "A9"),
    (Verb::ChangeReviewer, "A9"),
    (Verb::ReviewRecord, "A9 I9"),
    (Verb::ReportFinding, "A9 I9"),
    (Verb::AnswerFinding, "A9"),
    (Verb::CloseFinding, "A9"),
    (Verb::CloseAudit, "A9"),
    (Verb::LinkChild, "I1 I99"),
    (Verb::UnlinkChild, "I1 I99"),
    (Verb::MergeIncident, "I1 I99"),
    (Verb::SuspectBreach, "D1 I1"),
    (Verb::AddMember, "D1"),
    (Verb::RemoveMember, "D1"),
    (Verb::NoteSuspicion, "D1"),
    (Verb::NotifyAuthority, "D1"),
    (Verb::CloseSuspicion, "D1"),
    (Verb::ReleaseLine, "D1"),
    (Verb::AskSurvey, "I1 Q1"),
    (Verb::RecordSurveyAnswer, "Q1"),
    (Verb::Attest, "P1"),
    // Configuration is at hand always.
    (Verb::DelegateApproval, ""),
    (Verb::Configure, ""),
];

fn subjects(names: &str) -> Vec<Subject> {
    names.split_whitespace().map(|name| fixture::subject(name).expect("a record")).collect()
}

#[test]
fn a_deed_names_the_records_it_is_decided_on() {
    let (records, actor) = (fixture::records(), fixture::actor("ines"));
    let desk = Desk {
        records: &records,
        actor: &actor,
        now: Timestamp::from_millis(0),
        incident: fixture::incident("I1"),
        signal: fixture::signal("S1"),
        record: None,
        pick: 0,
    };
    let others = BTreeMap::from(BESIDE_AN_INCIDENT);
    for verb in Verb::ALL {
        let expected = subjects(others.get(verb).copied().unwrap_or("I1"));
        assert_eq!(desk.command(*verb).subjects(), expected, "{}", verb.name());
    }
}

#[test]
fn a_proposed_violation_names_two_hundred_records_and_lines_and_no_more() {
    let (mut records, incident) = (fixture::records(), fixture::incident("I1"));
    let now = Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant");
    let log = Command::LogIncident(LogIncident { incident, entry: entry("acme", now) });
    for event in decide(&records, &fixture::actor("ines"), now, &log).expect("it is logged") {
        assert!(apply(&mut records, &event));
    }
    let line = EntryId(fixture::thing("entry", "E1"));
    for (named, lines, expected) in [
        (200, 200, Ok(())),
        (201, 0, Err(RefusalCode::TooLong)),
        (0, 201, Err(RefusalCode::TooLong)),
        (0, 500, Err(RefusalCode::TooLong)),
    ] {
        let proposed = Command::ProposeViolation(ProposeViolation {
            violation: fixture::violation("V1"),
            person: fixture::person("tom"),
            clause: "§3.1".to_owned(),
            incident,
            incidents: vec![incident; named],
            evidence: vec![line; lines],
            text: "Nobody logged it for an hour".to_owned(),
        });
        let said = decide(&records, &fixture::actor("vance"), now, &proposed);
        assert_eq!(said.map(drop).map_err(|refusal| refusal.code), expected, "{named} and {lines} lines");
    }
}
