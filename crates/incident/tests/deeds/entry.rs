//! The log entry of every story: what tells one from the other is said where it matters.

use incident::{Impact, LogEntry, Source, Timestamp};

use crate::fixture;

/// A client's first service has stopped for some users, says Ada on the phone.
pub fn entry(client: &str, reported_at: Timestamp) -> LogEntry {
    let (name, services) =
        fixture::CLIENTS.into_iter().find(|(name, _)| *name == client).expect("a client of the house");
    LogEntry {
        client: fixture::client(name),
        services: vec![fixture::service(name, services[0])],
        summary: "mail does not arrive".to_owned(),
        symptoms: "nothing since this morning".to_owned(),
        reporter: "Ada".to_owned(),
        reported_at,
        source: Source::Phone,
        impact: Impact::SomeUsers,
        drill: false,
        recurrence_of: None,
        occurred_at: None,
        detected_at: None,
    }
}
