//! Done here first: at once on the own rows, then confirmed, refused or taken back.

use incident::{Command, RefusalCode};
use protocol::Kind;
use replica::NotDone;

use super::world::{World, assign, at, command_id, incident_id, ines, jonas, log, note};

#[test]
fn a_command_is_on_the_board_before_the_server_knows_of_it() {
    let mut world = World::new();
    let done = world.desk.execute(command_id(1), &ines(), log(1, "Mail is down"), at(10)).unwrap();
    assert_eq!(done.changed.records.into_iter().collect::<Vec<_>>(), [(Kind::INCIDENT, incident_id(1).0)]);
    let here = world.desk.live().incidents[&incident_id(1)].clone();
    assert_eq!((here.number, here.entry.summary.as_str()), (None, "Mail is down"));
    let lines = world.reader().timeline(incident_id(1), 10).unwrap();
    assert!(lines.iter().all(|(_, _, unsent)| *unsent), "every line says that it waits");
    assert_eq!(world.desk.waiting().unwrap(), (1, 0));
}

#[test]
fn a_refused_command_writes_nothing() {
    let mut world = World::new();
    let refused = world.desk.execute(command_id(1), &ines(), note(1, "To nobody"), at(10));
    let Err(NotDone::Refused(refusal)) = refused else { panic!("{refused:?}") };
    assert_eq!(refusal.code, RefusalCode::Unknown);
    assert_eq!(world.desk.waiting().unwrap(), (0, 0));
    assert!(world.reader().timeline(incident_id(1), 10).unwrap().is_empty());
}

#[test]
fn the_frame_that_confirms_brings_number_and_line_together() {
    let mut world = World::new();
    world.gives(at(10), log(1, "Mail is down"));
    let here = world.reader().timeline(incident_id(1), 10).unwrap()[0].0;
    world.push(at(20));
    assert_eq!(world.here(1).unwrap().number, None, "the answer to the push is only a hint");
    world.sync();
    assert_eq!(world.here(1).unwrap().number, Some(1));
    assert_eq!(world.desk.waiting().unwrap(), (0, 0));
    let lines = world.reader().timeline(incident_id(1), 10).unwrap();
    assert_eq!(lines.len(), 1, "the line written ahead and the confirmed one are the same");
    assert_eq!((lines[0].0, lines[0].2), (here, false));
}

#[test]
fn trap_81_what_others_write_goes_under_what_waits_here_and_both_are_kept() {
    let mut world = World::new();
    world.gives(at(10), log(1, "Mail is down"));
    world.push(at(11));
    world.sync();
    world.gives(at(20), note(1, "Restarted the queue"));
    world.gives(at(21), assign(1, None, &ines()));
    world.log.does(1, &jonas(), at(15), note(1, "The caller rang again"));
    world.sync();
    let here = world.here(1).unwrap();
    assert_eq!(here.assignment.as_ref().map(|a| a.to), Some(ines().person), "still done here");
    let lines = world.reader().timeline(incident_id(1), 10).unwrap();
    let unsent: Vec<_> = lines.iter().map(|(_, _, unsent)| *unsent).collect();
    assert_eq!(unsent, [true, true, false, false], "own lines above, newest first");
    world.push(at(30));
    world.sync();
    assert_eq!(world.here(1).as_deref(), world.log.records.incidents.get(&incident_id(1)).map(AsRef::as_ref));
}

#[test]
fn a_command_that_no_longer_fits_is_sent_and_the_words_are_kept() {
    let mut world = World::new();
    world.gives(at(10), log(1, "Mail is down"));
    world.push(at(11));
    world.sync();
    let id = world.gives(at(20), assign(1, None, &ines()));
    world.log.does(1, &jonas(), at(15), assign(1, None, &jonas()));
    world.sync();
    assert_eq!(
        world.here(1).unwrap().assignment.as_ref().map(|a| a.to),
        Some(jonas().person),
        "the screen shows what holds, not what was hoped for"
    );
    let push = world.desk.next_push(at(30)).unwrap().unwrap();
    assert_eq!(push.commands.len(), 1, "the server decides, so it is sent all the same");
    let outcomes = world.log.takes(&ines(), &push);
    let changed = world.desk.push_answered(&outcomes, at(31), 0.0).unwrap();
    assert!(changed.attention, "a refusal is told as soon as it is known");
    let attention = world.desk.attention().unwrap();
    assert_eq!(attention.len(), 1);
    assert_eq!((attention[0].envelope.id, attention[0].refusal.code), (id, RefusalCode::ChangedMeanwhile));
    assert!(matches!(attention[0].envelope.command, Command::Assign(_)));
}

#[test]
fn the_words_of_a_refused_command_leave_timeline_and_search() {
    let mut world = World::new();
    world.gives(at(10), log(1, "Mail is down"));
    world.push(at(11));
    world.sync();
    world.gives(at(20), note(1, "Zanzibar rang"));
    assert_eq!(world.found("zanzibar", &ines()), [incident_id(1)]);
    let push = world.desk.next_push(at(30)).unwrap().unwrap();
    world.desk.push_rejected(&push, "the body is not understood", at(31)).unwrap();
    assert!(world.found("zanzibar", &ines()).is_empty());
    let lines = world.reader().timeline(incident_id(1), 10).unwrap();
    assert!(lines.iter().all(|(_, _, unsent)| !unsent), "what is not done is not on the timeline");
}

#[test]
fn unsent_work_can_be_taken_back_and_leaves_no_trace() {
    let mut world = World::new();
    world.gives(at(10), log(1, "Mail is down"));
    world.push(at(11));
    world.sync();
    let before = world.here(1);
    let first = world.gives(at(20), note(1, "A slip of the hand"));
    world.gives(at(21), assign(1, None, &ines()));
    assert!(world.desk.withdraw(first, at(22)).unwrap().is_some());
    let lines = world.reader().timeline(incident_id(1), 10).unwrap();
    assert_eq!(lines.iter().filter(|(_, _, unsent)| *unsent).count(), 1, "only the assignment still waits");
    assert_ne!(world.here(1), before);
    assert!(world.desk.withdraw(first, at(23)).unwrap().is_none(), "once is enough");
}

#[test]
fn work_on_its_way_cannot_be_taken_back() {
    let mut world = World::new();
    let id = world.gives(at(10), log(1, "Mail is down"));
    let push = world.desk.next_push(at(11)).unwrap().unwrap();
    assert_eq!(push.commands[0].id, id);
    assert!(world.desk.withdraw(id, at(12)).unwrap().is_none(), "the server may have it already");
    assert!(world.here(1).is_some());
}

#[test]
fn work_that_later_work_builds_on_cannot_be_taken_back() {
    let mut world = World::new();
    let id = world.gives(at(10), log(1, "Mail is down"));
    world.gives(at(11), note(1, "The router in the cellar blinks"));
    assert!(world.desk.withdraw(id, at(12)).unwrap().is_none());
    assert!(world.here(1).is_some());
    assert_eq!(world.desk.waiting().unwrap(), (2, 0));
}
