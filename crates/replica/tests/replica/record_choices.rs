//! Records beside the incidents are chosen from lists: nobody types an id.

use incident::agreement::ClockKind;
use incident::command::RequestException;
use incident::exception::ExceptionState;
use incident::{Command, EntryId, ExceptionId, Records, Subject, Verb};
use protocol::Kind;
use replica::view::RecordChoice;
use replica::view::draw::{CHOSEN, Looking, choices, incidents_named, named, record_choices, record_name};

use super::world::{World, at, incident_id, ines, jonas, log, uuid};

fn exception(n: u128) -> ExceptionId {
    ExceptionId(uuid(5_000 + n))
}

fn request(n: u128, incident: u128) -> Command {
    Command::RequestException(RequestException {
        exception: exception(n),
        clause: "§3.4".into(),
        clock: None,
        incident: Some(incident_id(incident)),
        client: None,
        service: None,
        begins_at: None,
        until: at(3_600_000),
        prevents: "Nobody at the client picks up".into(),
        if_refused: "The incident stays open".into(),
        affected: "Nobody".into(),
        control: "We try again each hour".into(),
        evidence: Vec::new(),
        beneficiaries: Vec::new(),
        renewal_of: None,
    })
}

/// What a person is offered, read from the file as the shell reads it.
fn offered(world: &World, viewer: &incident::Actor) -> Vec<RecordChoice> {
    let reader = world.reader();
    let mut records = Records::default();
    for kind in CHOSEN.into_iter().map(|name| Kind::from_name(name).unwrap()) {
        reader.latest(kind, 2, &mut records).unwrap();
    }
    for id in incidents_named(&records) {
        records.incidents.extend(reader.incident(id).unwrap().map(|incident| (id, incident)));
    }
    let setup = world.desk.live().setup.clone();
    records.setup = setup.clone();
    record_choices(&records, &Looking { setup: &setup, viewer, now: at(10) })
}

#[test]
fn an_exception_is_told_by_its_clause_and_incident() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    world.sync();
    world.gives(at(5), request(1, 1));
    let all = offered(&world, &ines());
    let [choice] = all.as_slice() else { panic!("one record: {all:?}") };
    assert_eq!(choice.subject, Subject::Exception(exception(1)));
    assert_eq!(choice.name, "§3.4, INC-1 Mail is down");
    assert!(choice.hint.starts_with("waits for a decision; asked by Ines, until 15 Jan "), "{}", choice.hint);
    assert_eq!(choice.about, Some(incident_id(1)));
    assert!(choice.may.contains(&Verb::AmendException), "whoever asked may still change it");
    let jonas = offered(&world, &jonas());
    assert!(!jonas[0].may.contains(&Verb::AmendException), "somebody else may not");
    assert!(!choice.may.contains(&Verb::RevokeException), "what is not in force is not revoked");
}

#[test]
fn the_latest_come_first_and_there_is_a_limit() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    for n in 1..=3 {
        world.log.does(10 + n, &ines(), at(i64::try_from(n).unwrap()), request(n, 1));
    }
    world.sync();
    let ids: Vec<_> = offered(&world, &ines()).into_iter().map(|choice| choice.subject).collect();
    assert_eq!(ids, [2, 3].map(|n| Subject::Exception(exception(n))), "the two latest");
    let states = world.log.records.exceptions.values().map(|known| known.state);
    assert!(states.into_iter().all(|state| state == ExceptionState::Pending));
}

#[test]
fn what_is_open_beside_the_board_is_at_hand_after_a_change_and_after_a_start() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    world.sync();
    world.gives(at(5), request(1, 1));
    for _ in 0..2 {
        let live = world.desk.live();
        let open: Vec<_> = live.others.all().map(|record| record.subject()).collect();
        assert_eq!(open, [Subject::Exception(exception(1))]);
        let record = live.others.get(open[0]).unwrap();
        assert!(!record.duties(&live.setup, at(10)).is_empty(), "somebody owes a decision");
        world.restart(at(10));
    }
}

#[test]
fn a_duty_beside_the_board_says_what_it_is_on() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    world.sync();
    world.gives(at(5), request(1, 1));
    let live = world.desk.live();
    let record = live.others.get(Subject::Exception(exception(1))).unwrap();
    let incidents = named(record).into_iter().map(|id| (id, world.reader().incident(id).unwrap().unwrap()));
    let records = Records { incidents: incidents.collect(), ..Records::default() };
    let viewer = ines();
    let looking = Looking { setup: &live.setup, viewer: &viewer, now: at(10) };
    assert_eq!(record_name(&records, record, &looking), "Exception: §3.4, INC-1 Mail is down");
}

#[test]
fn a_decider_reads_what_is_asked_in_the_words_of_whoever_asks() {
    let mut world = World::new();
    world.log.does(1, &jonas(), at(0), log(1, "Mail is down"));
    world.sync();
    let Command::RequestException(request) = request(1, 1) else { unreachable!("it is a request") };
    let line = EntryId(uuid(77));
    world.gives(at(5), Command::RequestException(RequestException { evidence: vec![line], ..request }));
    let [choice] = offered(&world, &jonas()).try_into().unwrap();
    let told: Vec<_> = choice.told.iter().map(|word| (word.field.as_str(), word.text.as_str())).collect();
    assert_eq!(told[0], ("What is asked", "A deviation, which is allowed or not: §3.4, INC-1 Mail is down"));
    assert!(told.contains(&("What prevents keeping to it", "Nobody at the client picks up")), "{told:?}");
    assert!(told.contains(&("What compensates for it meanwhile", "We try again each hour")), "{told:?}");
    assert_eq!(choice.evidence, [line]);
}

#[test]
fn a_demand_comes_with_the_clock_that_judges_it() {
    let world = World::new();
    let setup = world.desk.live().setup.clone();
    let looking = Looking { setup: &setup, viewer: &ines(), now: at(0) };
    let demands = choices(&looking, Vec::new()).demands;
    let clock = |id: &str| demands.iter().find(|demand| demand.value == id).map(|demand| demand.clock);
    assert_eq!(clock("§3.3/3"), Some(Some(ClockKind::Resolution)));
    assert_eq!(clock("§3.4/2"), Some(None));
}

#[test]
fn a_typed_time_is_read_on_the_wall_of_the_house() {
    let world = World::new();
    let mut setup = incident::Setup::clone(&world.desk.live().setup);
    setup.house.zone = "Europe/Paris".into();
    let looking = Looking { setup: &setup, viewer: &ines(), now: at(0) };
    let read = |wall: &str| looking.moment(wall).map(|local| (local.local, local.offset));
    assert_eq!(read("2027-01-15T09:30"), Some(("2027-01-15T09:30:00".into(), "+01:00".into())));
    assert_eq!(read("2027-03-28T02:30"), Some(("2027-03-28T03:30:00".into(), "+02:00".into())));
    assert_eq!(read("2027-02-30T09:30"), None);
    let long_ago = incident::Timestamp::from_rfc3339("2026-06-03T10:00:00Z").unwrap();
    assert_eq!(looking.minute(at(0)), "15 Jan 09:00");
    assert_eq!(looking.minute(long_ago), "3 Jun 2026 12:00");
}
