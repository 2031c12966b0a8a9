//! Signals as they change (§3.1 Identification): what a monitor says of many alerts at once, and until when it counts.

use incident::command::TEXT_MAX;
use incident::identification::Sighting;
use incident::{
    Event, Fact, MINUTE, PersonId, RecordRef, Records, Signal, SignalId, Source, Subject, Timestamp, apply,
};
use uuid::Uuid;

const SIGNAL: SignalId = SignalId(Uuid::from_u128(1));

fn minute(minute: i64) -> Timestamp {
    Timestamp::from_millis(minute * MINUTE)
}

/// Raised at the first minute with these details; then one fact each minute.
fn told(details: &str, facts: impl IntoIterator<Item = Fact>) -> Records {
    let sighting = Sighting {
        source: Source::Monitoring,
        client: None,
        service: None,
        summary: "The queue grows".to_owned(),
        details: details.to_owned(),
        reporter: "monitor".to_owned(),
        reported_at: minute(1),
        dedup_key: None,
        link: None,
    };
    let mut records = Records::default();
    let facts = std::iter::once(Fact::SignalRaised { sighting }).chain(facts);
    for (number, fact) in (1..).zip(facts) {
        let (at, subject) = (minute(number), Subject::Signal(SIGNAL));
        let event = Event { at, received: at, uncertainty_ms: 0, actor: PersonId::SERVER, subject, fact };
        assert!(apply(&mut records, &event));
    }
    records
}

fn signal(records: &Records) -> &Signal {
    &records.signals[&SIGNAL]
}

#[test]
fn some_of_many_alerts_that_are_over_are_told_and_all_of_them_recover_it() {
    let partly = Fact::AlertPartlyRecovered { count: 2, summary: "2 of 5 queues are empty".to_owned() };
    let over = Fact::AlertRecovered { summary: "All queues are empty".to_owned() };
    let records = told("", [partly.clone()]);
    assert_eq!(signal(&records).summary(), "2 of 5 queues are empty");
    assert_eq!(
        (signal(&records).tally.last_at, signal(&records).tally.recovered_at),
        (Some(minute(2)), None)
    );
    let records = told("", [partly, over]);
    assert_eq!(signal(&records).summary(), "2 of 5 queues are empty");
    assert_eq!(signal(&records).tally.recovered_at, Some(minute(3)));
}

#[test]
fn a_signal_waits_until_it_is_dealt_with_and_changes_with_its_monitor() {
    let again = || Fact::AlertRepeated { count: 1, summary: "The queue grows on".to_owned() };
    let seen = |facts: Vec<Fact>| {
        let records = told("", facts);
        let record = RecordRef::Signal(signal(&records));
        (record.is_open(), record.changed_at())
    };
    assert_eq!(seen(Vec::new()), (true, minute(1)));
    assert_eq!(seen(vec![again()]), (true, minute(2)));
    let dismissed = Fact::SignalDismissed { reason: "A test of the monitor".to_owned() };
    assert!(!seen(vec![again(), dismissed]).0, "nobody has to look at it any more");
}

#[test]
fn alerts_that_were_rolled_up_stand_below_the_first_words() {
    let rolled_up = |names: &[&str]| Fact::AlertsRolledUp {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    let records = told("Five queues grow", [rolled_up(&["mail-1 is full", "mail-2 is full"])]);
    assert_eq!(signal(&records).sighting.details, "Five queues grow\nmail-1 is full\nmail-2 is full");
    // Two more lines of two letters fill it to the last character; a third has no room.
    let first = "x".repeat(TEXT_MAX - 6);
    let records = told(&first, [rolled_up(&["m1", "m2", "m"])]);
    assert_eq!(signal(&records).sighting.details, format!("{first}\nm1\nm2"));
}
