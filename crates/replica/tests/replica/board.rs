//! The board in memory follows what changed and forgets what is over.

use incident::command::{Cancel, RaiseSignal};
use incident::identification::Sighting;
use incident::{ClientId, Command, DeskId, SignalId, Source};
use replica::Replica;
use replica::view::draw::merge_candidates;

use super::world::{World, at, incident_id, ines, jonas, log, note, uuid};

const DAY: i64 = 86_400_000;

#[test]
fn a_closed_incident_leaves_the_board_after_a_day() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    let cancel = Cancel { incident: incident_id(1), reason: "Logged twice by mistake".into() };
    world.log.does(2, &ines(), at(1), Command::Cancel(cancel));
    world.log.does(3, &jonas(), at(2), log(2, "Print is down"));
    world.sync();
    let stands = |desk: &Replica, n| desk.live().incidents.contains_key(&incident_id(n));
    assert!(stands(&world.desk, 2));
    let shown = stands(&world.desk, 1);
    world.restart(at(DAY + 10));
    assert!(!stands(&world.desk, 1), "a day later it is gone, whatever was shown before ({shown})");
    assert!(stands(&world.desk, 2));
}

#[test]
fn the_desk_keeps_its_name_and_its_clock() {
    let mut world = World::new();
    world.desk.clock_measured(at(0), at(5_010), at(20)).unwrap();
    world.restart(at(30));
    assert_eq!(world.desk.desk(), DeskId(uuid(800)));
    assert_eq!((world.desk.offset.offset_ms(), world.desk.offset.uncertainty_ms()), (5_000, 11));
    world.gives(at(40), log(1, "Mail is down"));
    let push = world.desk.next_push(at(41)).unwrap().unwrap();
    assert_eq!(push.commands[0].claim.at, at(5_040), "a claim carries the server's time");
    assert_eq!(push.commands[0].claim.uncertainty_ms, 11);
    let logged = world.here(1).unwrap().logged;
    assert_eq!((logged.at, logged.uncertainty_ms), (at(5_040), 11), "and so does the row written ahead");
}

#[test]
fn one_note_touches_one_card() {
    let mut world = World::new();
    for n in 1..50 {
        world.log.does(n, &jonas(), at(0), log(n, "Mail is down"));
    }
    world.sync();
    world.log.does(99, &jonas(), at(1), note(7, "Looking at it"));
    let changed = world.sync();
    let ids: Vec<_> = changed.records.into_iter().map(|(_, id)| id).collect();
    assert_eq!(ids, [incident_id(7).0]);
    assert!(!changed.setup);
}

#[test]
fn a_signal_may_belong_to_open_incidents_of_its_client_alone() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    world.log.does(2, &jonas(), at(1), log(2, "Print is down"));
    let sighting = Sighting {
        source: Source::Phone,
        client: Some(ClientId(uuid(10))),
        service: None,
        summary: "Nobody can print".into(),
        details: String::new(),
        reporter: "Ada Moreau".into(),
        reported_at: at(2),
        dedup_key: None,
        link: None,
    };
    let raise = RaiseSignal { signal: SignalId(uuid(2_000)), sighting };
    world.log.does(3, &jonas(), at(2), Command::RaiseSignal(raise));
    let records = &world.log.records;
    let of = |client: Option<ClientId>| {
        let mut signal = records.signals[&SignalId(uuid(2_000))].as_ref().clone();
        signal.sighting.client = client;
        merge_candidates(&signal, records.incidents.values())
    };
    assert_eq!(of(Some(ClientId(uuid(10)))), [incident_id(2), incident_id(1)], "the latest first");
    assert!(of(Some(ClientId(uuid(20)))).is_empty(), "another client's are not its own");
    assert!(of(None).is_empty(), "and where nobody knows whose it is, none is");
}
