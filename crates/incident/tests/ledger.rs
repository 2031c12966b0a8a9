//! The violations ledger (§4.3): what is kept of a proposal beside its words.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;

use incident::enforcement::{Excuse, Judgement, Proposal};
use incident::{Event, Fact, MINUTE, Records, Subject, Timestamp, apply};

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant").plus_millis(minutes * MINUTE)
}

#[test]
fn a_proposal_is_open_until_it_is_decided_and_changes_with_each_word() {
    let (subject, mut records) = (Subject::Violation(fixture::violation("V1")), fixture::records());
    let mut after = |minutes: i64, who: &str, fact: Fact| {
        let (actor, now) = (fixture::person(who), at(minutes));
        let event = Event { at: now, received: now, uncertainty_ms: 0, actor, subject, fact };
        kept(&mut records, &event)
    };
    let proposal = proposal();
    assert_eq!(after(0, "vance", Fact::ViolationProposed { proposal }), (true, at(0)));
    let (text, excuse) = ("I was alone".to_owned(), Some(Excuse::Staffing));
    assert_eq!(after(5, "tom", Fact::ViolationAnswered { text, excuse }), (true, at(5)));
    let (judgement, reason) = (Judgement::Dismissed, "Too few people, as the rota shows".to_owned());
    assert_eq!(after(10, "mora", Fact::ViolationDecided { judgement, reason }), (false, at(10)));
}

#[test]
fn a_decision_on_a_violation_looks_at_the_incident_that_is_its_outage() {
    let (subject, mut records) = (Subject::Violation(fixture::violation("V1")), fixture::records());
    let (actor, now) = (fixture::person("vance"), at(0));
    let fact = Fact::ViolationProposed { proposal: proposal() };
    assert!(apply(&mut records, &Event { at: now, received: now, uncertainty_ms: 0, actor, subject, fact }));
    assert_eq!(records.kin(), [Subject::Incident(fixture::incident("I1"))]);
}

/// What two records show of Tom; the outage is that of the first.
fn proposal() -> Proposal {
    Proposal {
        person: fixture::person("tom"),
        clause: "§3.1".to_owned(),
        outage: fixture::incident("I1"),
        incidents: ["I1", "I2"].map(fixture::incident).to_vec(),
        evidence: Vec::new(),
        text: "Nobody logged it for an hour".to_owned(),
        reply_by: None,
        seen_by: BTreeSet::from([fixture::person("tom"), fixture::person("vance")]),
    }
}

/// Whether a record is open, and when it changed, once this has happened to it.
fn kept(records: &mut Records, event: &Event) -> (bool, Timestamp) {
    assert!(apply(records, event), "{event:?} does not fold");
    let record = records.get(event.subject).expect("a proposal");
    (record.is_open(), record.changed_at())
}
