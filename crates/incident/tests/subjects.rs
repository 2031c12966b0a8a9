//! What a deed looks at: those records are loaded before it is decided, on a desk and on the server.

#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;
#[path = "deeds/sensible.rs"]
pub mod sensible;

use std::collections::BTreeSet;

use incident::{Actor, Command, Records, ReviewId, Role, Subject, Timestamp, Verb};
use sensible::Desk;
use serde_json::Value;
use uuid::Uuid;

/// The fields by which deeds name records, each with the kind of record.
const FIELDS: [(&str, &str); 14] = [
    ("incident", "incident"),
    ("incidents", "incident"),
    ("child", "incident"),
    ("into", "incident"),
    ("signal", "signal"),
    ("exception", "exception"),
    ("renewal_of", "exception"),
    ("suspicion", "suspicion"),
    ("procedure", "procedure"),
    ("review", "review"),
    ("violation", "violation"),
    ("violations", "violation"),
    ("audit", "audit"),
    ("survey", "survey"),
];

fn everybody() -> Actor {
    let roles = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
    Actor { person: fixture::person("tom"), roles }
}

/// The sensible deed of a verb, where nothing is logged yet.
fn deed(verb: Verb, records: &Records, actor: &Actor) -> Command {
    let now = Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant");
    let (incident, signal) = (fixture::incident("I1"), fixture::signal("S1"));
    Desk { records, actor, now, incident, signal, record: None, pick: 0 }.command(verb)
}

/// The records that a deed names.
fn named(command: &Command) -> BTreeSet<Subject> {
    let deed = serde_json::to_value(command).expect("a deed is written");
    let of = |(field, kind): (&str, &str)| {
        let all = match &deed[field] {
            Value::Array(all) => all.clone(),
            one => vec![one.clone()],
        };
        let ids =
            all.iter().filter_map(Value::as_str).map(|id| id.parse::<Uuid>().expect("the id of a record"));
        ids.map(|id| Subject::of(kind, id).expect("a kind of record")).collect::<Vec<_>>()
    };
    FIELDS.into_iter().flat_map(of).collect()
}

#[test]
fn every_deed_looks_at_the_records_that_it_names() {
    let (records, actor) = (fixture::records(), everybody());
    for verb in Verb::ALL {
        let command = deed(*verb, &records, &actor);
        let mut expected = named(&command);
        // The review has the id of its incident.
        if let Command::OpenReview(open) = &command {
            expected.insert(Subject::Review(ReviewId::of(open.incident)));
        }
        // The sample says whether this incident is drawn; the incident itself is not looked at.
        if let Command::ReplaceSample(replace) = &command {
            expected.remove(&Subject::Incident(replace.incident));
        }
        let looked_at: BTreeSet<_> = command.subjects().into_iter().collect();
        assert_eq!(looked_at, expected, "{verb:?}");
    }
}
