//! Refused work keeps its words until the person has dealt with it; drafts survive a crash.

use replica::view::draw::fields;

use super::world::{World, assign, at, ines, jonas, log, note};

fn refused_note() -> World {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    world.sync();
    world.gives(at(1), assign(1, None, &ines()));
    world.gives(at(2), note(1, "Took it over from Jonas, ring him first"));
    world.log.leaves(super::world::incident_id(1).0);
    world.log.records.incidents.clear();
    world.push(at(3));
    world.sync();
    world
}

#[test]
fn refused_words_survive_a_restart_until_they_are_settled() {
    let mut world = refused_note();
    world.restart(at(4));
    let attention = world.desk.attention().unwrap();
    assert_eq!((attention.len(), world.desk.attention_count().unwrap()), (2, 2));
    let words = serde_json::to_string(&attention[0].envelope.command).unwrap()
        + &serde_json::to_string(&attention[1].envelope.command).unwrap();
    assert!(words.contains("ring him first"), "{words}");
    world.desk.settle_attention(attention[0].envelope.id).unwrap();
    assert_eq!(world.desk.attention_count().unwrap(), 1);
}

#[test]
fn the_same_refusal_again_adds_nothing() {
    let mut world = refused_note();
    let mut frame = world.log.frame(0);
    frame.from = world.cursor();
    world.takes_in(&frame);
    assert_eq!(world.desk.attention_count().unwrap(), 2);
}

#[test]
fn a_draft_survives_the_power_going() {
    let mut world = World::new();
    world.desk.save_draft("note/1", "Half a sent", at(1)).unwrap();
    world.restart(at(2));
    assert_eq!(world.desk.draft("note/1").unwrap().as_deref(), Some("Half a sent"));
    world.desk.save_draft("note/1", "", at(3)).unwrap();
    assert_eq!(world.desk.draft("note/1").unwrap(), None);
}

#[test]
fn what_the_server_will_never_take_goes_to_attention_and_holds_up_nothing() {
    let mut world = World::new();
    let id = world.gives(at(1), log(1, "Mail is down"));
    let push = world.desk.next_push(at(2)).unwrap().unwrap();
    let changed = world.desk.push_rejected(&push, "the body is not understood", at(3)).unwrap();
    assert!(changed.attention && world.here(1).is_none());
    assert_eq!(world.desk.waiting().unwrap(), (0, 0));
    let kept = world.desk.attention().unwrap().remove(0);
    assert_eq!((kept.envelope.id, kept.envelope.command), (id, log(1, "Mail is down")));
}

#[test]
fn refused_words_name_people_and_not_their_ids() {
    let world = World::new();
    let setup = &world.desk.live().setup;
    let said = |command: incident::Command| {
        let words = fields(&command, setup).into_iter();
        words.map(|word| format!("{}: {}", word.field, word.text)).collect::<Vec<_>>()
    };
    assert_eq!(said(assign(1, Some(jonas().person), &ines())), ["from: Jonas", "to: Ines"]);
    assert_eq!(said(note(1, "Ring him first")), ["text: Ring him first"]);
    let logged = said(log(1, "Mail is down"));
    assert!(logged.contains(&"client: Acme".to_owned()), "{logged:?}");
    assert!(logged.contains(&"services: Mail".to_owned()), "{logged:?}");
}
