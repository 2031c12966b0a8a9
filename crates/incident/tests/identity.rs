//! Whose an incident was at an instant, and how promptly it was logged (§3.1).

#[path = "deeds/entry.rs"]
pub mod entry;
#[path = "../../drill/src/shift/fixture.rs"]
pub mod fixture;

use entry::entry;
use incident::command::LogIncident;
use incident::identification::identity::FormerClient;
use incident::identification::{Identity, LogLag, Promptness, log_lag};
use incident::{Command, MINUTE, Timestamp, apply, decide};

fn at(minutes: i64) -> Timestamp {
    let begun = Timestamp::from_rfc3339("2026-06-01T13:00:00Z").expect("an instant");
    begun.plus_millis(minutes * MINUTE)
}

#[test]
fn the_instant_of_a_move_is_the_new_clients() {
    let (first, present, other) =
        (fixture::client("acme"), fixture::client("bolt"), fixture::client("cobalt"));
    let former =
        vec![FormerClient { client: first, services: Vec::new(), until: at(60), was_unknown: false }];
    let identity = Identity { former, breach_considered_at: None };
    assert_eq!(identity.client_at(at(60).plus_millis(-1), present), first);
    assert_eq!(identity.client_at(at(60), present), present);
    assert_eq!([first, present, other].map(|client| identity.belonged_to(client)), [true, false, false]);
}

#[test]
fn promptly_is_what_the_house_says_and_stamps_are_as_good_as_their_clocks() {
    let mut records = fixture::records();
    let (id, entry) = (fixture::incident("I1"), entry("acme", at(0)));
    let logged = Command::LogIncident(LogIncident { incident: id, entry });
    let events = decide(&records, &fixture::actor("ines"), at(0), &logged).expect("it is logged");
    events.iter().for_each(|event| assert!(apply(&mut records, event)));
    let quarter = 15 * MINUTE;
    for (lag_ms, uncertainty_ms, promptness) in [
        (quarter, 0, Promptness::Prompt),
        (quarter + 1, 0, Promptness::Late { by_ms: 1 }),
        (3_000, 5_000, Promptness::Prompt),
        (-5_000, 5_000, Promptness::Prompt),
        (-5_001, 5_000, Promptness::Invalid),
    ] {
        let mut incident = (*records.incidents[&id]).clone();
        incident.entry.reported_at = incident.logged.at.plus_millis(-lag_ms);
        incident.logged.uncertainty_ms = uncertainty_ms;
        assert_eq!(log_lag(&incident, &records.setup), LogLag { lag_ms, promptness });
    }
}
