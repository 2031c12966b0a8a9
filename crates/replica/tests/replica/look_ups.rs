//! What a command looks at beside the records that it names, as far as this desk has it.

use std::collections::BTreeSet;

use incident::command::DrawSample;
use incident::{Actor, AuditId, ClientId, Command, Role, Subject, Timestamp};

use super::world::{World, at, command_id, incident_id, ines, jonas, log, uuid};

/// A desk with incidents that were logged at 10, 20 and 30.
fn world() -> World {
    let mut world = World::new();
    for (place, when) in [(1, 10), (2, 20), (3, 30)] {
        world.log.does(place, &jonas(), at(when), log(place, "Mail is down"));
    }
    world.sync();
    world
}

/// How many records a sample of Acme's is drawn from at this desk.
fn population(world: &mut World, place: u128, from: Timestamp, until: Timestamp) -> usize {
    let (audit, reviewer) = (AuditId(uuid(5_000 + place)), ines().person);
    let client = Some(ClientId(uuid(10)));
    let draw = DrawSample { audit, begins_at: from, until, client, seed: 7, count: 1, reviewer };
    let supervisor = Actor { person: ines().person, roles: BTreeSet::from([Role::Supervisor]) };
    world.desk.execute(command_id(700 + place), &supervisor, Command::DrawSample(draw), at(40)).unwrap();
    world.desk.records_of(Subject::Audit(audit)).unwrap().audits[&audit].plan.order.len()
}

#[test]
fn a_sample_is_drawn_from_what_was_logged_in_its_period() {
    let mut world = world();
    assert_eq!(population(&mut world, 1, at(10), at(31)), 3);
    assert_eq!(population(&mut world, 2, at(11), at(30)), 1, "the end is no part of it");
}

#[test]
fn a_copy_of_an_earlier_release_says_when_its_incidents_were_logged() {
    let mut world = world();
    let file = rusqlite::Connection::open(world.desk.path()).unwrap();
    file.execute_batch("DROP INDEX record_logged; ALTER TABLE record DROP COLUMN logged_at;").unwrap();
    let (unreadable, doc) = (incident_id(3).0, "{\"logged\":{\"at\":\"soon\"}}");
    let of = "UPDATE record SET doc = ?2 WHERE kind = 'incident' AND id = ?1";
    file.execute(of, rusqlite::params![unreadable.as_bytes(), doc]).unwrap();
    drop(file);
    world.restart(at(40));
    assert_eq!(population(&mut world, 1, at(0), at(40)), 2, "one is not readable, and stops nothing");
}
