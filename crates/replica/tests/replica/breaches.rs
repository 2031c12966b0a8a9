//! Of several breaches on record, the one that was recorded wrongly is chosen in words.

use std::sync::Arc;

use incident::agreement::ClockKind;
use incident::command::Assess;
use incident::log::Breach;
use incident::{Command, Severity, Subject, Timestamp};
use replica::view::draw::{IncidentParts, Looking, incident_view};
use replica::view::{BreachChoice, Pending};

use super::world::{World, assign, at, incident_id, ines, jonas, log};

const HOUR: i64 = 3_600_000;

fn breach(clock: ClockKind, due: Timestamp) -> Breach {
    Breach { clock, due, severity: Severity::Three }
}

/// What a form offers of an incident with these breaches on record.
fn offered(breaches: Vec<Breach>) -> Vec<BreachChoice> {
    let mut world = World::new();
    let assess = Command::Assess(Assess { incident: incident_id(1), text: "The queue stands still".into() });
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    world.log.does(2, &jonas(), at(2 * HOUR), assess);
    world.log.does(3, &jonas(), at(3 * HOUR), assign(1, None, &jonas()));
    world.sync();
    let mut incident = world.here(1).unwrap();
    Arc::make_mut(&mut incident).breaches = breaches;
    let records = world.desk.records_of(Subject::Incident(incident_id(1))).unwrap();
    let viewer = ines();
    let looking = Looking { setup: &records.setup, viewer: &viewer, now: at(4 * HOUR) };
    let parts =
        IncidentParts { incident, timeline: Vec::new(), timeline_complete: true, pending: Pending::None };
    incident_view(parts, &records, &looking).breaches
}

#[test]
fn each_is_told_by_its_deadline_and_when_it_was_done() {
    let resolution = breach(ClockKind::Resolution, at(2 * HOUR));
    let found = offered(vec![resolution, breach(ClockKind::Response, at(HOUR))]);
    let words: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.hint.as_str())).collect();
    assert_eq!(
        words,
        [
            ("Response, due 15 Jan 09:00 (UTC)", "Severity 3, done 15 Jan 11:00"),
            ("Resolution, due 15 Jan 10:00 (UTC)", "Severity 3, not done yet"),
        ]
    );
    assert_eq!((found[0].clock, found[0].due), (ClockKind::Response, at(HOUR)));
}

#[test]
fn two_of_one_deadline_are_one_choice() {
    let response = breach(ClockKind::Response, at(HOUR));
    let worse = Breach { severity: Severity::Two, ..response.clone() };
    let later = breach(ClockKind::Response, at(2 * HOUR));
    let due: Vec<_> = offered(vec![response, worse, later]).into_iter().map(|one| one.due).collect();
    assert_eq!(due, [at(HOUR), at(2 * HOUR)]);
}
