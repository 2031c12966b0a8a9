//! The outbox: whatever waits is sent, again and again, until a frame or the server's word settles it.

use incident::CommandId;
use protocol::{Outcome, PUSH_MAX, Verdict};
use replica::Reader;

use super::world::{World, at, command_id, jonas, log, note};

fn ids(world: &mut World, now: i64) -> Vec<CommandId> {
    let push = world.desk.next_push(at(now)).unwrap();
    push.map(|push| push.commands.into_iter().map(|envelope| envelope.id).collect()).unwrap_or_default()
}

#[test]
fn commands_go_in_the_order_they_were_given_and_at_most_a_push_at_once() {
    let mut world = World::new();
    world.gives(at(1), log(1, "Mail is down"));
    for place in 0..120 {
        world.gives(at(2 + place), note(1, "Still looking at it"));
    }
    let push = world.desk.next_push(at(500)).unwrap().unwrap();
    assert_eq!(push.commands.len(), PUSH_MAX);
    assert!(push.commands.windows(2).all(|pair| pair[0].seq < pair[1].seq));
}

#[test]
fn a_push_stays_below_the_largest_body() {
    let mut world = World::new();
    world.gives(at(1), log(1, "Mail is down"));
    for place in 0..100 {
        world.gives(at(2 + place), note(1, &format!("It burns {}", "🔥".repeat(7_900))));
    }
    let push = world.desk.next_push(at(500)).unwrap().unwrap();
    assert!(push.commands.len() > 10);
    assert!(serde_json::to_vec(&push).unwrap().len() <= protocol::BODY_MAX);
}

#[test]
fn a_failed_push_is_tried_later_and_later_but_always_again() {
    let mut world = World::new();
    let id = world.gives(at(0), log(1, "Mail is down"));
    let mut now = 0;
    for wait in [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000] {
        let push = world.desk.next_push(at(now)).unwrap().unwrap();
        world.desk.push_failed(&push, "no route", at(now), 1.0).unwrap();
        assert!(ids(&mut world, now + wait - 1).is_empty(), "not before {wait} ms");
        assert_eq!(world.desk.next_push_at().unwrap(), Some(at(now + wait)));
        now += wait;
    }
    assert_eq!(ids(&mut world, now), [id]);
}

#[test]
fn a_clock_set_back_does_not_stall_the_outbox() {
    let mut world = World::new();
    let id = world.gives(at(0), log(1, "Mail is down"));
    let push = world.desk.next_push(at(0)).unwrap().unwrap();
    world.desk.push_failed(&push, "no route", at(0), 1.0).unwrap();
    assert_eq!(ids(&mut world, -3_600_000), [id], "an hour back is no reason to wait an hour");
}

#[test]
fn the_line_coming_back_makes_everything_due() {
    let mut world = World::new();
    let id = world.gives(at(0), log(1, "Mail is down"));
    let push = world.desk.next_push(at(0)).unwrap().unwrap();
    world.desk.push_failed(&push, "no route", at(0), 1.0).unwrap();
    world.desk.line_is_back().unwrap();
    assert_eq!(ids(&mut world, 1), [id]);
}

#[test]
fn a_push_without_an_answer_is_sent_again_after_a_restart() {
    let mut world = World::new();
    let id = world.gives(at(0), log(1, "Mail is down"));
    let lost = world.desk.next_push(at(1)).unwrap().unwrap();
    world.log.takes(&super::world::ines(), &lost);
    world.restart(at(2));
    world.desk.line_is_back().unwrap();
    assert_eq!(ids(&mut world, 3), [id]);
    world.desk.line_is_back().unwrap();
    world.push(at(4));
    world.sync();
    assert_eq!(world.desk.waiting().unwrap(), (0, 0));
    assert_eq!(world.log.records.incidents.len(), 1, "arrived twice, done once");
}

#[test]
fn an_outcome_older_than_the_cursor_settles_by_the_answer() {
    let mut world = World::new();
    let id = world.gives(at(0), log(1, "Mail is down"));
    let push = world.desk.next_push(at(1)).unwrap().unwrap();
    let outcomes = world.log.takes(&super::world::ines(), &push);
    // The frame that brought the effect came without the outcome, and no later one repeats it.
    let mut frame = world.log.frame(world.cursor());
    frame.outcomes.clear();
    world.takes_in(&frame);
    assert_ne!(world.desk.waiting().unwrap(), (0, 0));
    world.desk.push_answered(&outcomes, at(2), 0.0).unwrap();
    assert_eq!(world.desk.waiting().unwrap(), (0, 0));
    assert_eq!(world.here(1).unwrap().number, Some(1), "and the confirmed row stands");
    assert!(world.desk.waiting_command(id).unwrap().is_none());
}

#[test]
fn a_sent_command_that_no_frame_settles_is_sent_again() {
    let mut world = World::new();
    let id = world.gives(at(0), log(1, "Mail is down"));
    world.push(at(1));
    assert!(ids(&mut world, 2).is_empty(), "the server has it");
    assert_eq!(ids(&mut world, 60_000), [id], "asking again is safe, waiting for ever is not");
}

#[test]
fn one_command_that_waits_holds_back_its_own_incident_only() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    world.log.does(2, &jonas(), at(0), log(2, "Print is down"));
    world.sync();
    let stuck = world.gives(at(1), note(1, "First of all"));
    world.desk.next_push(at(1)).unwrap().unwrap();
    let deferred = Outcome { id: stuck, desk_seq: 1, verdict: Verdict::Deferred };
    world.desk.push_answered(&[deferred], at(1), 1.0).unwrap();
    world.gives(at(2), note(1, "And then this"));
    let free = world.gives(at(3), note(2, "Something else"));
    assert_eq!(ids(&mut world, 4), [free], "the second note waits for the first");
    let later = ids(&mut world, 5_000);
    assert_eq!(later[..2], [stuck, command_id(2)], "then both go, in order");
}

#[test]
fn what_waits_is_counted_while_nobody_has_the_copy_open() {
    let mut world = World::new();
    world.gives(at(1), log(1, "Mail is down"));
    world.gives(at(2), note(1, "Still looking at it"));
    let path = world.desk.path().to_owned();
    assert_eq!(Reader::open(&path).unwrap().waiting().unwrap(), (2, 0));
}

#[cfg(unix)]
#[test]
fn a_copy_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let world = World::new();
    let folder = world.desk.path().parent().unwrap();
    assert_eq!(std::fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700);
}
