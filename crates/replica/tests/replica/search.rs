//! Search: whatever is typed is a word, a number or nothing; never an operator, never an error.

use std::collections::BTreeSet;

use incident::command::{MoveToClient, RecordClientReply};
use incident::communication::{Channel, ReplyKind};
use incident::setup::{AffectedService, Client, Person, Setting};
use incident::{ClientId, Command, ServiceId};
use protocol::Verdict;

use super::world::{World, at, incident_id, ines, jonas, log, note, uuid};

fn world() -> World {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail gateway refuses mail"));
    world.log.does(2, &jonas(), at(0), log(2, "Café terminal is dark"));
    world.log.does(3, &jonas(), at(1), note(2, "Replaced the capacitor"));
    world.sync();
    world
}

fn found(world: &World, text: &str) -> Vec<incident::IncidentId> {
    world.found(text, &ines())
}

#[test]
fn words_beginnings_accents_notes_and_numbers_are_found() {
    let world = world();
    assert_eq!(found(&world, "gateway"), [incident_id(1)]);
    assert_eq!(found(&world, "gate"), [incident_id(1)], "by its beginning");
    assert_eq!(found(&world, "gat mail"), [incident_id(1)], "every word by its beginning");
    assert_eq!(found(&world, "cafe"), [incident_id(2)], "without the accent");
    assert_eq!(found(&world, "capacitor"), [incident_id(2)], "in a note");
    assert_eq!(found(&world, "cafe capacitor"), Vec::new(), "words of one passage");
    for number in ["2", "INC-2", "inc2", "#2"] {
        assert_eq!(found(&world, number).first(), Some(&incident_id(2)), "{number}");
    }
}

#[test]
fn hostile_text_is_only_text() {
    let world = world();
    for text in [
        "",
        " ",
        "\"",
        "\"\"",
        "*",
        "mail*",
        "mail AND",
        "NOT mail",
        "NEAR(mail gateway)",
        "summary:mail",
        "^mail",
        "(mail",
        "mail)",
        "mail OR 1=1 --",
        "'; DROP TABLE record; --",
        "{a b}: c",
        "-mail",
        "\0",
        "mail\0gateway",
        "mail + gateway",
        "🔥",
        "%",
        "_",
        "99999999999999999999999999",
        "INC-",
        "#",
    ] {
        found(&world, text);
    }
    let long = "gateway ".repeat(10_000);
    assert_eq!(found(&world, &long), [incident_id(1)]);
    found(&world, &"m".repeat(100_000));
}

#[test]
fn words_that_were_replaced_are_not_found() {
    let mut world = world();
    world.gives(at(5), note(1, "Blames the flux condenser"));
    assert_eq!(found(&world, "condenser"), [incident_id(1)], "own words before they are sent");
    let id = super::world::command_id(1);
    world.desk.withdraw(id, at(6)).unwrap().unwrap();
    assert!(found(&world, "condenser").is_empty());
}

#[test]
fn trap_27_words_of_the_first_client_are_not_found_by_who_sees_the_second_alone() {
    let mut world = World::new();
    let (bolt, mail) = (ClientId(uuid(20)), ServiceId(uuid(21)));
    let client = Client {
        id: bolt,
        name: "Bolt".into(),
        zone: "Europe/Paris".into(),
        account_manager: None,
        before: Vec::new(),
    };
    let service = AffectedService { id: mail, client: bolt, name: "Mail".into(), critical: true };
    let person = Person {
        id: jonas().person,
        name: "Jonas".into(),
        roles: jonas().roles,
        clients: Some(BTreeSet::from([bolt])),
        active: true,
        before: Vec::new(),
    };
    for setting in [Setting::Client(client), Setting::Service(service), Setting::Person(person)] {
        world.log.set(setting);
    }
    let incident = incident_id(1);
    let reply = RecordClientReply {
        incident,
        kind: ReplyKind::Human,
        channel: Channel::Email,
        contact: "Ada Moreau".into(),
        text: "Our zanzibar gateway is gone".into(),
    };
    let reason = "The caller named the wrong firm".into();
    let moved = MoveToClient { incident, client: bolt, services: vec![mail], reason };
    let deeds = [
        log(1, "Mail is down"),
        Command::RecordClientReply(reply),
        Command::MoveToClient(moved),
        note(1, "The quagga switch is replaced"),
    ];
    for (place, deed) in (1..).zip(deeds) {
        let when = at(i64::try_from(place).unwrap());
        assert!(matches!(world.log.does(place, &ines(), when, deed), Verdict::Accepted { .. }));
    }
    world.sync();
    assert_eq!(world.found("zanzibar", &ines()), [incident], "whoever sees every client finds all");
    assert!(world.found("zanzibar", &jonas()).is_empty(), "the words were the first client's");
    for words in ["quagga", "wrong firm", "mail"] {
        assert_eq!(world.found(words, &jonas()), [incident], "{words}");
    }
}
