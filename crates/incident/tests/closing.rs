//! What is owed before an incident ends (§3.1 Closure): the deeds that pay it, what may be left, and how it reads.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use incident::closing::{Owing, Weight, debt};
use incident::{Actor, Duty, Records, Role, Timestamp, Verb, apply, decide, obligations};
use sensible::Desk;

/// Worked on, at Severity 3 of acme.
const WORKED_ON: [(Verb, u8); 6] = [
    (Verb::LogIncident, 6),
    (Verb::Categorise, 0),
    (Verb::SetSeverity, 2),
    (Verb::SetUrgency, 0),
    (Verb::Assess, 0),
    (Verb::Assign, 0),
];

fn now() -> Timestamp {
    Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant")
}

/// What is so when it was worked on and these deeds were done, each with its pick of values.
fn after(deeds: &[(Verb, u8)]) -> Records {
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
    let actor = Actor { person: fixture::person("tom"), roles };
    let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
    let mut records = fixture::records();
    for (verb, pick) in WORKED_ON.iter().chain(deeds) {
        let desk = Desk {
            records: &records,
            actor: &actor,
            now: now(),
            incident,
            signal,
            record: None,
            pick: *pick,
        };
        let command = desk.command(*verb);
        let events = decide(&records, &actor, now(), &command);
        for event in events.unwrap_or_else(|refusal| panic!("{verb:?}: {refusal}")) {
            assert!(apply(&mut records, &event));
        }
    }
    records
}

/// How much an item weighs after these deeds, and what pays it.
fn owed(owing: Owing, deeds: &[(Verb, u8)]) -> Option<(Weight, Vec<Verb>)> {
    let records = after(deeds);
    let all = debt(&records.incidents[&fixture::incident("I1")], &records.setup);
    all.into_iter().find(|owed| owed.owing == owing).map(|owed| (owed.weight, owed.paid_by))
}

#[test]
fn a_resolution_is_owed_with_its_step_where_none_is_documented() {
    let resolve = |verbs: &[Verb]| Some((Weight::MustBePaid, verbs.to_vec()));
    assert_eq!(owed(Owing::Resolution, &[]), resolve(&[Verb::RecordResolutionStep, Verb::Resolve]));
    assert_eq!(owed(Owing::Resolution, &[(Verb::RecordResolutionStep, 0)]), resolve(&[Verb::Resolve]));
}

#[test]
fn a_message_that_waits_or_is_on_its_way_is_shown_and_may_be_left() {
    let left =
        Some((Weight::MayBeLeft, vec![Verb::ApproveMessage, Verb::ReturnMessage, Verb::RecordDelivery]));
    let (called, mailed, delicate) = ((Verb::TellClient, 0), (Verb::TellClient, 1), (Verb::TellClient, 4));
    assert_eq!(owed(Owing::Message, &[]), None);
    assert_eq!(owed(Owing::Message, &[called]), None, "the client has answered the call");
    assert_eq!(owed(Owing::Message, &[mailed]), left, "on its way");
    assert_eq!(owed(Owing::Message, &[delicate]), left, "waits for somebody else's reading");
}

#[test]
fn a_planned_fix_is_told_with_its_day_and_its_reference() {
    let planned = [(Verb::ApplyWorkaround, 0), (Verb::RestoreService, 0), (Verb::PlanPermanentFix, 0)];
    let all = obligations(&after(&planned), now());
    let resolve = all.iter().find(|owed| owed.duty == Duty::Resolve).expect("to resolve");
    assert_eq!(resolve.why, "A workaround is in place; its permanent fix is planned by 2026-06-08: PRB-7.");
}
