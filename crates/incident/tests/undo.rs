//! Taking a deed back (§3.1): by which deed, and which have none that would be honest.

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use std::sync::Arc;

use entry::entry;
use incident::agreement::PauseReason;
use incident::command::{
    AddNote, Assign, Categorise, LinkChild, MergeIncident, PauseClock, ResumeClock, SetSeverity, SetUrgency,
    UndoMerge, UnlinkChild,
};
use incident::setup::CategoryCode;
use incident::{
    Command, Event, Fact, IncidentId, Records, Severity, Subject, Timestamp, Urgency, apply, undo,
};

/// The incident that things are done to.
fn id() -> IncidentId {
    fixture::incident("I1")
}

/// One that is logged, and what happened to it since.
fn after(facts: impl IntoIterator<Item = Fact>) -> Records {
    let now = Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant");
    let entry = entry("acme", now);
    let logged =
        Fact::IncidentLogged { number: None, entry, signal: None, agreement: None, calendars: Vec::new() };
    let mut records = fixture::records();
    for fact in std::iter::once(logged).chain(facts) {
        let (actor, subject) = (fixture::person("ines"), Subject::Incident(id()));
        let event = Event { at: now, received: now, uncertainty_ms: 0, actor, subject, fact };
        assert!(apply(&mut records, &event), "{event:?} does not fold");
    }
    records
}

fn of_severity(severity: Severity) -> Fact {
    Fact::SeverityChanged { severity, reason: "What the caller says".into(), matrix: None }
}

fn category(code: &str) -> CategoryCode {
    CategoryCode(code.to_owned())
}

fn categorise(code: &str) -> Command {
    Command::Categorise(Categorise { incident: id(), category: category(code) })
}

fn set_urgency(from: Option<Urgency>, urgency: Urgency) -> Command {
    Command::SetUrgency(SetUrgency { incident: id(), from, urgency })
}

fn set_severity(from: Severity, severity: Severity, reason: &str) -> Command {
    Command::SetSeverity(SetSeverity { incident: id(), from, severity, reason: reason.to_owned() })
}

fn assign(from: Option<&str>, to: &str) -> Command {
    let (from, to) = (from.map(fixture::person), fixture::person(to));
    Command::Assign(Assign { incident: id(), from, to })
}

#[test]
fn category_urgency_and_assignment_go_back_to_what_they_were() {
    let before = after([
        Fact::Categorised { category: category("software_bug") },
        Fact::UrgencyChanged { urgency: Urgency::Low, matrix: None },
        Fact::Assigned { to: fixture::person("tom") },
    ]);
    let back = [
        (categorise("network_outage"), categorise("software_bug")),
        (set_urgency(Some(Urgency::Low), Urgency::High), set_urgency(Some(Urgency::High), Urgency::Low)),
        (assign(Some("tom"), "kay"), assign(Some("kay"), "tom")),
    ];
    for (deed, opposite) in back {
        assert_eq!(undo(&before, &deed), Some(opposite));
    }
}

#[test]
fn what_was_set_for_the_first_time_goes_back_to_nothing_and_is_not_taken_back() {
    let before = after([]);
    let first = [
        categorise("software_bug"),
        set_urgency(None, Urgency::Low),
        set_severity(Severity::Three, Severity::Four, "One user"),
        assign(None, "tom"),
    ];
    for deed in first {
        assert_eq!(undo(&before, &deed), None, "{deed:?}");
    }
}

#[test]
fn a_raise_to_severity_1_or_2_is_taken_back_by_two_people_and_no_other_change_is() {
    use Severity::{Four, One, Three, Two};
    for (was, set, is_taken_back) in [
        (Three, Four, true),
        (Four, Three, true),
        (One, Two, true),
        (Three, Two, false),
        (Two, One, false),
        (Four, One, false),
    ] {
        let opposite = set_severity(set, was, "Taken back: One office only");
        assert_eq!(
            undo(&after([of_severity(was)]), &set_severity(was, set, "One office only")),
            is_taken_back.then_some(opposite),
            "from {was:?} to {set:?}"
        );
    }
}

#[test]
fn a_link_and_a_pause_are_taken_back_in_words() {
    let (incident, child) = (id(), fixture::incident("I2"));
    let reason = "The link was taken back".to_owned();
    assert_eq!(
        undo(&after([]), &Command::LinkChild(LinkChild { incident, child })),
        Some(Command::UnlinkChild(UnlinkChild { incident, child, reason }))
    );
    let (reason, text) = (PauseReason::AwaitingClient, "Ada looks for the key".to_owned());
    assert_eq!(
        undo(&after([]), &Command::PauseClock(PauseClock { incident, reason, text })),
        Some(Command::ResumeClock(ResumeClock { incident, text: "The pause was taken back".to_owned() }))
    );
}

#[test]
fn a_merge_is_taken_back_where_the_house_allows_it() {
    let mut before = after([]);
    let (incident, into) = (id(), fixture::incident("I2"));
    let merge = Command::MergeIncident(MergeIncident { incident, into, reason: "The same switch".into() });
    assert_eq!(undo(&before, &merge), None);
    Arc::make_mut(&mut before.setup).house.merge_undo_within_minutes = Some(30);
    let reason = "Taken back: The same switch".to_owned();
    assert_eq!(undo(&before, &merge), Some(Command::UndoMerge(UndoMerge { incident, reason })));
}

#[test]
fn nobodys_words_are_taken_back() {
    let note = Command::AddNote(AddNote { incident: id(), text: "She waits".into() });
    assert_eq!(undo(&after([]), &note), None);
}
