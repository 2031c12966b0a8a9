//! The end of an incident (§3.1 Closure): what is owed before it, the deeds that pay that and what may be left; and
//! what the log says of it, with the client's word or without.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use std::collections::BTreeSet;

use incident::closing::{Owing, Weight, debt};
use incident::command::TellClient;
use incident::communication::{Channel, MessageKind, Outcome};
use incident::{Actor, Command, Duty, Fact, Records, Role, Timestamp, Verb, apply, decide, obligations};
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

/// What leads from there to the end.
const RESOLVED: [(Verb, u8); 3] =
    [(Verb::RecordResolutionStep, 0), (Verb::RestoreService, 0), (Verb::Resolve, 0)];

fn now() -> Timestamp {
    Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant")
}

/// Somebody with every role but the server's.
fn everybody() -> Actor {
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
    Actor { person: fixture::person("tom"), roles }
}

fn deed(records: &Records, verb: Verb, pick: u8) -> Command {
    let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
    Desk { records, actor: &everybody(), now: now(), incident, signal, record: None, pick }.command(verb)
}

fn does(records: &mut Records, command: &Command) -> Vec<Fact> {
    let events = decide(records, &everybody(), now(), command)
        .unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
    events.iter().for_each(|event| assert!(apply(records, event)));
    events.into_iter().map(|event| event.fact).collect()
}

/// What is so when it was worked on and these deeds were done, each with its pick of values.
fn after(deeds: &[(Verb, u8)]) -> Records {
    let mut records = fixture::records();
    for (verb, pick) in WORKED_ON.iter().chain(deeds) {
        let command = deed(&records, *verb, *pick);
        does(&mut records, &command);
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

#[test]
fn what_is_closed_without_the_clients_answer_says_so_and_why() {
    let mut told = after(&RESOLVED);
    let word = TellClient {
        incident: fixture::incident("I1"),
        message: fixture::message("M1"),
        kind: MessageKind::ResolutionConfirmation,
        channel: Channel::Phone,
        contact: "Ada".to_owned(),
        text: "It works again".to_owned(),
        template: None,
        next_update_at: None,
        topics: BTreeSet::new(),
        correction_of: None,
        outcome: Some(Outcome::Answered),
    };
    does(&mut told, &Command::TellClient(word));
    let end = deed(&told, Verb::Close, 0);
    let text = "done (closed without the client's answer: called twice)".to_owned();
    let unconfirmed_reason = Some("called twice".to_owned());
    assert_eq!(does(&mut told, &end), [Fact::Closed { text, unconfirmed_reason }]);
}

#[test]
fn what_the_client_has_confirmed_needs_no_such_reason() {
    let mut confirmed = after(&RESOLVED);
    let asked = deed(&confirmed, Verb::ConfirmRestoration, 0);
    does(&mut confirmed, &asked);
    let end = deed(&confirmed, Verb::Close, 0);
    let text = "done".to_owned();
    assert_eq!(does(&mut confirmed, &end), [Fact::Closed { text, unconfirmed_reason: None }]);
}
