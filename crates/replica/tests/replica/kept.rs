//! The copy of an abandoned history: kept for thirty days, and longer while it holds words that are still to be sent.

use super::world::{Log, World, at, log, uuid};

const DAY: i64 = 24 * 3_600_000;
/// When the server was found to follow another history.
const ABANDONED: i64 = 30;

/// A desk whose server came back from a backup with neither of its two incidents.
fn abandoned() -> World {
    let mut world = World::new();
    world.gives(at(10), log(1, "Mail is down"));
    world.push(at(11));
    world.sync();
    world.gives(at(20), log(2, "Print is down"));
    world.log = Log::new();
    world.log.epoch = uuid(902);
    world.desk.start_over(at(ABANDONED)).unwrap();
    world.sync();
    world
}

/// The same once the new history has both.
fn settled() -> World {
    let mut world = abandoned();
    world.push(at(40));
    world.sync();
    assert_eq!(world.desk.waiting().unwrap(), (0, 0));
    world
}

fn copies(world: &World) -> usize {
    let files = std::fs::read_dir(&world.folder).unwrap();
    files.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with("replica-")).count()
}

/// The desk starts again after so many milliseconds; the copies there are then.
fn after(world: &mut World, ms: i64) -> usize {
    world.restart(at(ABANDONED + ms));
    copies(world)
}

#[test]
fn a_copy_goes_after_thirty_days_and_not_before() {
    let mut world = settled();
    assert_eq!(after(&mut world, 30 * DAY - 1), 1);
    assert_eq!(after(&mut world, 30 * DAY), 0);
    assert_eq!(world.log.records.incidents.len(), 2, "what was done at this desk is with the server");
}

#[test]
fn a_desk_that_is_never_closed_lets_it_go_with_a_frame() {
    let mut world = settled();
    let frame = world.log.frame(world.cursor());
    world.desk.apply(&frame, at(ABANDONED + 30 * DAY - 1)).unwrap();
    assert_eq!(copies(&world), 1);
    world.desk.apply(&frame, at(ABANDONED + 30 * DAY)).unwrap();
    assert_eq!(copies(&world), 0);
}

#[test]
fn a_copy_with_words_that_wait_stays_until_they_are_sent() {
    let mut world = abandoned();
    assert_eq!(after(&mut world, 40 * DAY), 1, "two commands wait");
    world.push(at(ABANDONED + 40 * DAY));
    world.sync();
    assert_eq!(world.desk.waiting().unwrap(), (0, 0));
    assert_eq!(after(&mut world, 41 * DAY - 1), 1, "looked at once a day");
    assert_eq!(after(&mut world, 41 * DAY), 0);
}

#[test]
fn a_copy_of_a_file_that_is_lost_stays_while_it_holds_any_words() {
    let mut world = settled();
    let copy = world.folder.join(format!("replica-{}.db", uuid(900)));
    let file = rusqlite::Connection::open(&copy).unwrap();
    file.execute("UPDATE meta SET value = ?1 WHERE key = 'desk'", [uuid(700).to_string()]).unwrap();
    assert_eq!(after(&mut world, 30 * DAY), 1, "nobody knows what became of its words");
    file.execute_batch("DELETE FROM outbox; DELETE FROM archive;").unwrap();
    drop(file);
    assert_eq!(after(&mut world, 31 * DAY), 0);
}

#[test]
fn the_time_of_an_undated_copy_begins_when_it_is_first_met() {
    let mut world = settled();
    let file = rusqlite::Connection::open(world.desk.path()).unwrap();
    file.execute("DELETE FROM meta WHERE key LIKE 'kept/%'", []).unwrap();
    drop(file);
    assert_eq!(after(&mut world, 40 * DAY), 1);
    assert_eq!(after(&mut world, 70 * DAY - 1), 1);
    assert_eq!(after(&mut world, 70 * DAY), 0);
}
