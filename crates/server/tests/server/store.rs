//! The file itself: one owner, whole histories, and what breaks stays alone.

use std::collections::BTreeMap;

use incident::command::Configure;
use incident::event::{Event, Fact, Subject};
use incident::setup::AffectedService;
use incident::{Command, CommandId, ExceptionId, IncidentId, PersonId, Setting};
use protocol::{FaultCode, Kind, PullRequest, ScopeFill, Stage, Verdict};
use server::store::{Error, FILE, Mark, Store};
use server::{Clock, Server};

use crate::Fixture;
use crate::fixture::{ACME, ACME_MAIL, BOB, BORG, INES, MINUTE, START, first, ids, log_incident};

#[test]
fn a_desk_has_one_owner_at_a_time() {
    let house = Fixture::new();
    let Err(error) = Server::open_with(&house.dir, Clock::System) else { panic!("two owners") };
    assert!(matches!(error, Error::InUse { .. }));
    assert!(error.to_string().contains("stop it first"), "{error}");
    // Beside the owner nothing reaches the log, but a hook may be made.
    let mut beside = Store::open_beside(&house.dir).expect("opens");
    let event = vec![noted(IncidentId(house.id()), "Behind its back")];
    let error =
        beside.append_history(START, &[(CommandId(house.id()), event)], None).expect_err("not the owner");
    assert!(error.to_string().contains("stop the server"), "{error}");
    let made = beside
        .write(START, |writing| writing.add_hook("late", server::store::hook::HookKind::Generic, None, None));
    assert!(made.is_ok_and(|token| token.starts_with("hfi_")));
}

#[test]
fn what_is_no_desk_is_said_to_be_none() {
    let house = Fixture::new();
    let dir = house.dir.clone();
    let Err(error) = Store::open(&dir.join("nowhere")) else { panic!("opened") };
    assert!(error.to_string().contains("holdfast-server init"), "{error}");
    let Err(error) = Store::create(&dir, START) else { panic!("made twice") };
    assert!(matches!(error, Error::InUse { .. }));
    let (store, _gone) = house.into_store();
    drop(store);
    let Err(error) = Store::create(&dir, START) else { panic!("made twice") };
    assert!(error.to_string().contains("holds a desk already"), "{error}");
    let conn = rusqlite::Connection::open(dir.join(FILE)).expect("the file");
    conn.pragma_update(None, "user_version", 99).expect("set");
    drop(conn);
    let Err(error) = Store::open(&dir) else { panic!("opened") };
    assert!(matches!(error, Error::NewerSchema { found: 99, .. }), "{error}");
    std::fs::write(dir.join(FILE), "no database at all, but long enough to be looked at".repeat(40))
        .expect("written");
    assert!(Store::open(&dir).is_err());
}

fn noted(incident: IncidentId, text: &str) -> Event {
    event(incident, Fact::NoteAdded { text: text.into() })
}

fn event(incident: IncidentId, fact: Fact) -> Event {
    let subject = Subject::Incident(incident);
    Event { at: START, received: START, uncertainty_ms: 0, actor: PersonId::SERVER, subject, fact }
}

fn logged(incident: IncidentId, number: u32) -> Event {
    let Command::LogIncident(log) = log_incident(incident, ACME, "From elsewhere") else {
        panic!("a log entry")
    };
    event(
        incident,
        Fact::IncidentLogged {
            number: Some(number),
            entry: log.entry,
            signal: None,
            agreement: None,
            calendars: Vec::default(),
        },
    )
}

#[test]
fn a_history_comes_in_whole_with_its_mark_or_not_at_all() {
    let house = Fixture::new();
    let ids: Vec<_> = (0..4).map(|_| IncidentId(house.id())).collect();
    let commands: Vec<_> = (0..4).map(|_| CommandId(house.id())).collect();
    let (mut store, _gone) = house.into_store();
    let head = *store.head();
    let good = vec![
        (commands[0], vec![logged(ids[0], 41), noted(ids[0], "One")]),
        (commands[1], vec![logged(ids[1], 42)]),
    ];
    store.append_history(START, &good, Some(Mark { key: "import", value: "2" })).expect("appended");
    assert_eq!((store.head().seq, store.next_number()), (head.seq + 3, 43));
    let bad = vec![(commands[2], vec![logged(ids[2], 43)]), (commands[3], vec![noted(ids[3], "Of nothing")])];
    let before = *store.head();
    let error =
        store.append_history(START, &bad, Some(Mark { key: "import", value: "4" })).expect_err("no fold");
    assert!(matches!(error, Error::DoesNotFold { place: 0, .. }), "{error}");
    assert_eq!((*store.head(), store.next_number()), (before, 43));
    assert_eq!(store.marker("import").expect("read").as_deref(), Some("2"));
    let mut seen = BTreeMap::new();
    store
        .incidents(|incident, events| {
            seen.insert(incident.id, events.len());
            Ok::<_, Error>(())
        })
        .expect("incidents");
    assert_eq!(seen, BTreeMap::from([(ids[0], 2), (ids[1], 1)]));
    store.verify().expect("adds up");
}

#[test]
fn work_that_breaks_hurts_nobody_else() {
    let house = Fixture::new();
    let broken: Result<(), _> = house
        .server
        .work(|store, clock| {
            store.write(clock.now(), |writing| -> Result<(), Error> {
                writing.set_marker("half", "done")?;
                panic!("a fault planted by this test")
            })
        })
        .map(drop);
    assert_eq!(broken.expect_err("it broke").code, FaultCode::Unavailable);
    let marker = house.server.work(|store, _| store.marker("half")).expect("done").expect("read");
    assert_eq!(marker, None);
    let incident = house.log(ACME, "Mail is down");
    assert!(matches!(house.note(INES, incident, "Still here"), Verdict::Accepted { .. }));
}

#[test]
fn a_record_that_changes_hands_leaves_those_who_lose_sight() {
    let house = Fixture::new();
    let board = house.pull(BOB, &first());
    let request = PullRequest {
        epoch: Some(board.epoch),
        cursor: board.to,
        chain: Some(board.chain.clone()),
        stage: Stage::Fill,
        scopes: board.grant.iter().map(|scope| ScopeFill { scope: *scope, low: 0 }).collect(),
        ..first()
    };
    assert!(ids(&board, Kind::SETTING).contains(&ACME_MAIL.0));
    let service =
        AffectedService { id: ACME_MAIL, client: BORG, name: "Borg's now SECRET-B".into(), critical: true };
    let configure = Command::Configure(Configure { setting: Setting::Service(service) });
    assert!(matches!(house.act(INES, configure), Verdict::Accepted { .. }));
    let frame = house.pull(BOB, &request);
    assert_eq!(frame.leave.iter().map(|leave| leave.of).collect::<Vec<_>>(), vec![ACME_MAIL.0]);
    assert!(!serde_json::to_string(&frame).expect("json").contains("SECRET-B"));
}

#[test]
fn a_file_of_an_earlier_release_finds_its_like_records() {
    let house = Fixture::governed();
    let (plain, drill) = (house.logs(ACME, false), house.logs(ACME, true));
    house.categorises(plain);
    house.categorises(drill);
    let exception = ExceptionId(house.id());
    assert!(matches!(house.asks(exception, 0, "§3.5/1"), Verdict::Accepted { .. }));
    assert!(matches!(house.grants(exception), Verdict::Accepted { .. }));
    let dir = house.dir.clone();
    let (store, _gone) = house.into_store();
    drop(store);
    let likenesses = || {
        let conn = rusqlite::Connection::open(dir.join(FILE)).expect("the file");
        let mut list = conn
            .prepare("SELECT likeness, alike_at FROM record WHERE kind IN ('incident', 'exception') ORDER BY kind DESC, id")
            .expect("sql");
        let rows = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.collect::<Result<Vec<(Option<String>, Option<i64>)>, _>>().expect("columns")
    };
    let written = likenesses();
    let wide = format!("exception/§3.5/none/client/{ACME}");
    let ends = START.plus_millis(60 * MINUTE).millis();
    let known =
        [(Some(format!("{ACME}/network")), Some(START.millis())), (None, None), (Some(wide), Some(ends))];
    assert_eq!(written, known);
    let conn = rusqlite::Connection::open(dir.join(FILE)).expect("the file");
    conn.execute_batch(
        "DROP INDEX intake_rolled; DROP INDEX raw_intake_hook;
         DROP INDEX record_logged; DROP INDEX record_alike; ALTER TABLE record DROP COLUMN likeness;
         ALTER TABLE record DROP COLUMN alike_at; ALTER TABLE record DROP COLUMN logged_at; PRAGMA user_version = 2;",
    )
    .expect("as it was");
    drop(conn);
    drop(Store::open(&dir).expect("brought up to date"));
    assert_eq!(likenesses(), written);
}
