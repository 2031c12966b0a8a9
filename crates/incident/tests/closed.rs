//! What the log says of an end (§3.1 Closure): with the client's word, or without it.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use std::collections::BTreeSet;

use incident::command::TellClient;
use incident::communication::{Channel, MessageKind, Outcome};
use incident::{Actor, Command, Fact, Records, Role, Timestamp, Verb, apply, decide};
use sensible::Desk;

/// What leads to the end, each deed with its pick of values.
const DONE: [(Verb, u8); 9] = [
    (Verb::LogIncident, 6),
    (Verb::Categorise, 0),
    (Verb::SetSeverity, 2),
    (Verb::SetUrgency, 0),
    (Verb::Assess, 0),
    (Verb::Assign, 0),
    (Verb::RecordResolutionStep, 0),
    (Verb::RestoreService, 0),
    (Verb::Resolve, 0),
];

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
    let events = decide(records, &everybody(), now(), command).expect("it is allowed");
    events.iter().for_each(|event| assert!(apply(records, event)));
    events.into_iter().map(|event| event.fact).collect()
}

fn resolved() -> Records {
    let mut records = fixture::records();
    for (verb, pick) in DONE {
        let command = deed(&records, verb, pick);
        does(&mut records, &command);
    }
    records
}

#[test]
fn what_is_closed_without_the_clients_answer_says_so_and_why() {
    let mut told = resolved();
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
    let mut confirmed = resolved();
    let asked = deed(&confirmed, Verb::ConfirmRestoration, 0);
    does(&mut confirmed, &asked);
    let end = deed(&confirmed, Verb::Close, 0);
    let text = "done".to_owned();
    assert_eq!(does(&mut confirmed, &end), [Fact::Closed { text, unconfirmed_reason: None }]);
}
