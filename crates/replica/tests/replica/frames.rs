//! Frames: taken in whole, once, in order; what was lost is gone from the file.

use std::collections::BTreeSet;

use incident::Fact;
use protocol::{Fill, ScopeFill, Stage};
use replica::Applied;

use super::world::{ACME, SETUP, World, assign, at, incident_id, ines, jonas, log, note, uuid};

#[test]
fn the_first_pull_asks_for_the_board_and_the_next_for_the_rest() {
    let mut world = World::empty();
    let first = world.desk.pull_request(5).unwrap();
    assert_eq!((first.stage, first.cursor, first.epoch, first.scopes.len()), (Stage::Board, 0, None, 0));
    world.sync();
    let next = world.desk.pull_request(5).unwrap();
    assert_eq!((next.stage, next.cursor), (Stage::Fill, world.log.head));
    assert_eq!(next.chain, Some(format!("{:08x}", world.log.head)));
    assert_eq!(next.scopes.iter().map(|fill| fill.scope).collect::<Vec<_>>(), [SETUP, ACME]);
    assert!(next.scopes.iter().all(|fill| fill.low > 0), "both still fill downwards");
}

#[test]
fn filling_moves_the_mark_down_to_complete() {
    let mut world = World::new();
    let mut frame = world.log.frame(world.cursor());
    frame.fill = Some(Fill { scope: ACME, low: 0, put: Vec::new() });
    frame.remaining = 7;
    world.takes_in(&frame);
    let scopes = world.desk.pull_request(0).unwrap().scopes;
    assert!(scopes.contains(&ScopeFill { scope: ACME, low: 0 }));
    assert_eq!(world.desk.remaining().unwrap(), 7);
}

#[test]
fn a_frame_for_another_cursor_changes_nothing() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(1), log(1, "Mail is down"));
    let frame = world.log.frame(world.cursor());
    world.takes_in(&frame);
    let cursor = world.cursor();
    assert_eq!(world.desk.apply(&frame, at(2)).unwrap(), Applied::Stale, "the same frame again");
    let mut ahead = frame.clone();
    ahead.from = cursor + 5;
    assert_eq!(world.desk.apply(&ahead, at(2)).unwrap(), Applied::Stale, "one with a gap before it");
    assert_eq!(world.cursor(), cursor);
}

#[test]
fn a_frame_of_another_history_is_told_apart_from_a_stale_one() {
    let mut world = World::new();
    world.log.epoch = uuid(901);
    let frame = world.log.frame(world.cursor());
    assert_eq!(world.desk.apply(&frame, at(2)).unwrap(), Applied::Diverged);
}

#[test]
fn a_record_that_left_takes_its_lines_and_words_along() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(1), log(1, "Mail is down"));
    world.log.does(2, &jonas(), at(2), note(1, "The zanzibar cluster is at fault"));
    world.sync();
    assert_eq!(world.found("zanzibar", &jonas()).len(), 1);
    world.log.leaves(incident_id(1).0);
    world.sync();
    assert!(world.here(1).is_none());
    assert!(world.desk.live().incidents.is_empty());
    assert!(world.reader().timeline(incident_id(1), 10).unwrap().is_empty());
    assert!(world.found("zanzibar", &jonas()).is_empty());
}

#[test]
fn a_revoked_scope_is_gone_from_every_byte_of_the_file() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(1), log(1, "Xylophonquark is down"));
    for place in 2..80 {
        let words = format!("The zanzibarsecret cluster is at fault, says the {place}th caller");
        world.log.does(place, &jonas(), at(2), note(1, &words));
        world.sync();
    }
    world.gives(at(3), assign(1, None, &ines()));
    assert!(file_holds(&world, "zanzibarsecret"));
    world.log.revokes(ACME);
    world.sync();
    assert!(world.here(1).is_none());
    assert!(world.desk.live().incidents.is_empty());
    assert!(world.found("xylophonquark", &jonas()).is_empty());
    for secret in ["Xylophonquark", "xylophonquark", "zanzibarsecret"] {
        assert!(!file_holds(&world, secret), "{secret} is still on the disk");
    }
    assert_eq!(world.desk.waiting().unwrap().0, 1, "the own command still goes to the server");
}

fn file_holds(world: &World, words: &str) -> bool {
    std::fs::read_dir(&world.folder).unwrap().any(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    })
}

#[test]
fn a_record_this_desk_cannot_read_stops_nothing() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(1), log(1, "Mail is down"));
    let mut frame = world.log.frame(world.cursor());
    for image in &mut frame.put {
        if image.id == incident_id(1).0 {
            image.doc =
                serde_json::value::RawValue::from_string(r#"{"from":"a later desk"}"#.into()).unwrap();
        }
    }
    world.takes_in(&frame);
    assert_eq!(world.cursor(), world.log.head);
    assert!(world.here(1).is_none(), "not shown, not lost: the next image replaces it");
    world.log.does(2, &jonas(), at(2), log(2, "Print is down"));
    world.sync();
    assert!(world.here(2).is_some());
    world.restart(at(3));
    assert!(world.here(2).is_some());
}

#[test]
fn a_desk_that_follows_a_new_history_keeps_every_command() {
    let mut world = World::new();
    world.gives(at(10), log(1, "Mail is down"));
    world.push(at(11));
    world.sync();
    world.gives(at(20), log(2, "Print is down"));
    // The server comes back from a backup that has neither.
    world.log = super::world::Log::new();
    world.log.epoch = uuid(902);
    world.desk.start_over(at(30)).unwrap();
    assert!(world.here(1).is_some(), "the screen keeps what it has until the new history arrives");
    assert_eq!(world.desk.pull_request(0).unwrap().stage, Stage::Board);
    world.sync();
    assert!(world.here(1).is_some() && world.here(2).is_some(), "both wait on top of the new rows");
    world.push(at(40));
    world.sync();
    assert_eq!(world.desk.waiting().unwrap(), (0, 0));
    assert_eq!(world.log.records.incidents.len(), 2);
    let kept = std::fs::read_dir(&world.folder).unwrap().filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("replica-") && name.to_string_lossy().ends_with(".db")
    });
    assert_eq!(kept.count(), 1, "the old copy may hold the only trace of what others did");
}

#[test]
fn an_incident_is_found_by_the_numbers_that_it_had_before_restores() {
    let mut world = World::new();
    world.gives(at(10), log(1, "Mail is down"));
    world.push(at(11));
    world.sync();
    assert_eq!(world.here(1).unwrap().number, Some(1));
    // Twice the server comes back from a backup that has nothing.
    for (history, number, before) in [(902, 1_001, vec![1]), (903, 2_001, vec![1, 1_001])] {
        world.log = super::world::Log::new();
        world.log.epoch = uuid(history);
        world.log.records.next_number = Some(number);
        world.desk.start_over(at(30)).unwrap();
        world.sync();
        assert_eq!(world.here(1).unwrap().number, None, "it waits");
        assert_found_by(&world, &before);
        world.push(at(40));
        world.sync();
        assert_eq!(world.here(1).unwrap().number, Some(number));
        assert_found_by(&world, &before);
        assert_found_by(&world, &[number]);
        let told = Fact::Renumbered { before: BTreeSet::from_iter(before) };
        let lines = world.reader().timeline(incident_id(1), 10).unwrap();
        assert_eq!(lines.iter().filter(|(_, event, _)| event.fact == told).count(), 1);
        assert_eq!(lines.len(), 2, "{lines:?}");
    }
    assert!(world.found("INC-2", &ines()).is_empty());
}

fn assert_found_by(world: &World, numbers: &[u32]) {
    for number in numbers {
        for text in [number.to_string(), format!("#{number}"), format!("inc{number}")] {
            assert_eq!(world.found(&text, &ines()), [incident_id(1)], "{text}");
        }
    }
}

#[test]
fn rows_of_an_older_shape_are_filled_anew_and_what_waits_stays() {
    let mut world = World::new();
    world.gives(at(1), log(1, "Mail is down"));
    world.push(at(2));
    world.sync();
    world.gives(at(3), note(1, "Ring Ada back at noon"));
    world.desk.save_draft("note/1", "Half a sent", at(4)).unwrap();
    let file = rusqlite::Connection::open(world.desk.path()).unwrap();
    file.execute_batch("UPDATE meta SET value = '0' WHERE key = 'read_model'; DROP TABLE scope_state;")
        .unwrap();
    drop(file);
    world.restart(at(5));
    assert_eq!(world.desk.pull_request(0).unwrap().stage, Stage::Board);
    assert_eq!(world.desk.waiting().unwrap(), (1, 0));
    assert_eq!(world.desk.draft("note/1").unwrap().as_deref(), Some("Half a sent"));
    world.sync();
    let lines = world.reader().timeline(incident_id(1), 10).unwrap();
    assert_eq!(lines.iter().map(|(_, _, unsent)| *unsent).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_file_of_a_newer_desk_is_left_alone() {
    let world = World::new();
    let file = rusqlite::Connection::open(world.desk.path()).unwrap();
    file.pragma_update(None, "user_version", 99).unwrap();
    drop(file);
    let opened = replica::Replica::open(&world.folder, incident::DeskId(uuid(1)), at(1));
    assert!(matches!(opened, Err(replica::Error::NewerFile { found: 99 })));
}

#[test]
fn a_release_that_knows_other_kinds_has_everything_sent_again() {
    let mut world = World::new();
    let mut frame = world.log.frame(world.cursor());
    frame.fill = Some(Fill { scope: ACME, low: 0, put: Vec::new() });
    world.takes_in(&frame);
    let mark = |world: &World| {
        let scopes = world.desk.pull_request(0).unwrap().scopes;
        scopes.into_iter().find(|fill| fill.scope == ACME).unwrap().low
    };
    world.restart(at(1));
    assert_eq!(mark(&world), 0, "the same release goes on where it was");
    let file = rusqlite::Connection::open(world.desk.path()).unwrap();
    file.execute("UPDATE meta SET value = 'incident' WHERE key = 'kinds'", []).unwrap();
    drop(file);
    world.restart(at(2));
    assert_eq!(mark(&world), world.cursor() + 1, "what the older one left alone is sent again");
    world.restart(at(3));
    assert_eq!(mark(&world), world.cursor() + 1, "until it was");
    world.takes_in(&frame_of(&world, Fill { scope: ACME, low: 0, put: Vec::new() }));
    world.restart(at(4));
    assert_eq!(mark(&world), 0);
    // One that knew the same kinds, and folded their events otherwise.
    let file = rusqlite::Connection::open(world.desk.path()).unwrap();
    let kinds = incident::Records::KINDS.join(" ");
    file.execute("UPDATE meta SET value = ?1 WHERE key = 'kinds'", [kinds]).unwrap();
    drop(file);
    world.restart(at(5));
    assert_eq!(mark(&world), world.cursor() + 1, "what folds otherwise now is sent again");
}

fn frame_of(world: &World, fill: Fill) -> protocol::Frame {
    protocol::Frame { fill: Some(fill), ..world.log.frame(world.cursor()) }
}
