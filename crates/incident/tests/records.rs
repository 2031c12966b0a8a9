//! Records as servers keep them: what a new one starts from, and by what records are found again.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::collections::BTreeSet;

use entry::entry;
use incident::command::{AcceptSignal, Configure, LogIncident, RaiseSignal};
use incident::identification::Sighting;
use incident::log::LogEntry;
use incident::{
    Actor, Agreement, Command, Fact, Records, RefusalCode, Setting, Source, Subject, Timestamp, apply, decide,
};

fn at(text: &str) -> Timestamp {
    Timestamp::from_rfc3339(text).expect("an instant")
}

fn now() -> Timestamp {
    at("2026-06-01T13:00:00Z")
}

/// The house on a server that has logged nothing yet.
fn new_server() -> Records {
    Records { setup: fixture::records().setup, ..Records::of_a_new_server() }
}

fn log() -> Command {
    let incident = fixture::incident("I1");
    Command::LogIncident(LogIncident { incident, entry: entry("acme", now()) })
}

fn done(records: &mut Records, actor: &Actor, command: &Command) {
    for event in decide(records, actor, now(), command).expect("a deed that may be done") {
        assert!(apply(records, &event));
    }
}

#[test]
fn the_first_incident_of_a_server_has_number_one() {
    let events = decide(&new_server(), &fixture::actor("ines"), now(), &log()).expect("an entry");
    assert!(matches!(events[0].fact, Fact::IncidentLogged { number: Some(1), .. }), "{:?}", events[0].fact);
}

#[test]
fn a_server_that_has_logged_nothing_takes_a_house_over_with_all_its_versions() {
    let new = new_server();
    let first = new.setup.agreements[&(fixture::agreement("acme"), 1)].clone();
    let second = Agreement { version: 2, effective_from: at("2026-05-01T00:00:00Z"), ..first };
    let command = Command::Configure(Configure { setting: Setting::Agreement(second) });
    let root = fixture::actor("root");
    decide(&new, &root, now(), &command).expect("nothing is judged anew by it");
    let running = Records { next_number: Some(2), ..new };
    let refusal = decide(&running, &root, now(), &command).expect_err("it would judge what is past");
    assert_eq!(refusal.code, RefusalCode::Invalid);
    assert!(refusal.to_string().contains("what happened already is judged by what was in force then"));
}

/// An alert that becomes the signal S1.
fn alert() -> Command {
    let sighting = Sighting {
        source: Source::Monitoring,
        client: Some(fixture::client("acme")),
        service: None,
        summary: "The queue grows".to_owned(),
        details: String::new(),
        reporter: "monitor".to_owned(),
        reported_at: now(),
        dedup_key: None,
        link: None,
    };
    Command::RaiseSignal(RaiseSignal { signal: fixture::signal("S1"), sighting })
}

#[test]
fn an_incident_that_is_logged_again_keeps_the_numbers_that_people_know() {
    let mut records = new_server();
    done(&mut records, &Actor::server(), &alert());
    records.former_numbers = BTreeSet::from([126, 1_126]);
    let (incident, signal) = (fixture::incident("I2"), fixture::signal("S1"));
    let entry = LogEntry { source: Source::Monitoring, ..entry("acme", now()) };
    let accept = Command::AcceptSignal(AcceptSignal { signal, incident, entry });
    for command in [log(), accept] {
        let id = command.logs().expect("an incident");
        let events = decide(&records, &fixture::actor("ines"), now(), &command).expect("an entry");
        let last = events.last().expect("several");
        assert_eq!(last.fact, Fact::Renumbered { before: records.former_numbers.clone() });
        done(&mut records, &fixture::actor("ines"), &command);
        assert_eq!(records.incidents[&id].number, Some(1));
        assert_eq!(records.incidents[&id].former_numbers, records.former_numbers);
    }
    assert_eq!(alert().logs(), None);
}

#[test]
fn incidents_alone_are_found_by_when_they_were_logged() {
    let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
    let mut records = fixture::records();
    done(&mut records, &fixture::actor("ines"), &log());
    done(&mut records, &Actor::server(), &alert());
    let logged_at = |subject| records.get(subject).expect("a record").logged_at();
    assert_eq!(logged_at(Subject::Incident(incident)), Some(now()));
    assert_eq!(logged_at(Subject::Signal(signal)), None);
}
