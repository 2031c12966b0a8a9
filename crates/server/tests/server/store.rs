//! The file itself: one owner, whole histories, and what breaks stays alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use incident::command::Configure;
use incident::escalation::{BoundPath, ByHand, Cause, EscalationPath};
use incident::event::{Event, Fact, Subject};
use incident::review::{Convening, Trigger};
use incident::setup::AffectedService;
use incident::{
    ActionId, Command, CommandId, ExceptionId, IncidentId, PathId, PersonId, ReviewId, Setting, Severity,
};
use protocol::{FaultCode, Kind, PullRequest, ScopeFill, Stage, Verdict};
use server::store::{Error, FILE, Mark, Store};
use server::{Clock, Server};

use crate::Fixture;
use crate::fixture::{
    ACME, ACME_MAIL, BOB, BORG, EVE, Folder, INES, MINUTE, START, first, ids, log_incident,
};

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
    event(Subject::Incident(incident), Fact::NoteAdded { text: text.into() })
}

fn event(subject: Subject, fact: Fact) -> Event {
    Event { at: START, received: START, uncertainty_ms: 0, actor: PersonId::SERVER, subject, fact }
}

fn logged(incident: IncidentId, number: u32) -> Event {
    let Command::LogIncident(log) = log_incident(incident, ACME, "From elsewhere") else {
        panic!("a log entry")
    };
    event(
        Subject::Incident(incident),
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
    in_tables_of_before(&dir.join(FILE));
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

#[test]
fn a_commit_waits_for_few_pages() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    let wal = house.dir.join(format!("{FILE}-wal"));
    // A page of 4,096 bytes and what is said of it.
    let pages = || std::fs::metadata(&wal).expect("the write-ahead log").len() / (4_096 + 24);
    let before = pages();
    for place in 0..50 {
        house.note(INES, incident, &format!("Note {place}"));
    }
    let written = pages() - before;
    assert!((50..=50 * 10).contains(&written), "{written} pages for 50 notes");
}

/// As a release has it which kept a line and what it says in two tables, and noted each change with who may see it.
fn in_tables_of_before(file: &Path) {
    let conn = rusqlite::Connection::open(file).expect("the file");
    conn.execute_batch(
        "CREATE TABLE event_part (
             seq INTEGER NOT NULL REFERENCES event (seq), grp INTEGER NOT NULL, salt BLOB, body TEXT,
             commitment BLOB NOT NULL, erased_by INTEGER, PRIMARY KEY (seq, grp)
         ) STRICT, WITHOUT ROWID;
         INSERT INTO event_part SELECT seq, 0, salt, body, commitment, erased_by FROM event;
         ALTER TABLE event DROP COLUMN body; ALTER TABLE event DROP COLUMN salt;
         ALTER TABLE event DROP COLUMN erased_by; ALTER TABLE event DROP COLUMN commitment;
         DROP INDEX vis_left; DROP INDEX record_changed; CREATE INDEX vis_seq ON vis (scope, seq);
         UPDATE vis SET seq = (SELECT rev FROM record WHERE record.id = vis.of) WHERE present = 1;
         PRAGMA user_version = 9;",
    )
    .expect("as it was");
}

#[test]
fn a_log_in_two_tables_becomes_one_row_a_line() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    house.note(INES, incident, "Ada's number is 555 0199");
    house.note(INES, incident, "She waits at her desk");
    let refused = house.note(INES, incident, ".");
    assert!(matches!(refused, Verdict::Refused { .. }));
    let dir = house.dir.clone();
    let (store, _gone) = house.into_store();
    let (head, verified) = (*store.head(), store.verify().expect("an untouched log"));
    drop(store);
    let file = dir.join(FILE);
    let change = |sql: &str| {
        let conn = rusqlite::Connection::open(&file).expect("the file");
        assert_eq!(conn.execute(sql, []).expect("changed behind the server's back"), 1);
    };
    change("UPDATE event SET salt = NULL, body = NULL WHERE body LIKE '%555 0199%'");
    in_tables_of_before(&file);
    let store = Store::open(&dir).expect("brought up to date");
    assert_eq!((*store.head(), store.verify().expect("adds up")), (head, verified));
    drop(store);
    // A line whose words were lost before is not taken away: the audit names it.
    in_tables_of_before(&file);
    change("DELETE FROM event_part WHERE body LIKE '%at her desk%'");
    let store = Store::open(&dir).expect("brought up to date");
    assert!(matches!(store.verify(), Err(Error::Corrupt(what)) if what.contains("was changed")));
}

/// More hands were called for twice, and somebody took notice of the later call.
fn called_twice(incident: IncidentId, path: PathId) -> Vec<Event> {
    let on = |fact| event(Subject::Incident(incident), fact);
    let begun = |minutes: i64| Fact::EscalationBegun {
        path: EscalationPath::Technical,
        bound: BoundPath { id: path, version: 1 },
        cause: Cause::ByHand { need: ByHand::Resources, at: START.plus_millis(minutes * MINUTE) },
        over: Vec::new(),
        reason: "It takes two".into(),
    };
    let acknowledged = Fact::EscalationAcknowledged { run: 1, until: START.plus_millis(60 * MINUTE) };
    vec![logged(incident, 41), on(begun(0)), on(begun(1)), Event { actor: INES, ..on(acknowledged) }]
}

/// Service that was back, as a desk said a minute later.
fn restored_before(incident: IncidentId) -> Vec<Event> {
    let restored = Fact::ServiceRestored { text: "A test mail came".into() };
    let received = START.plus_millis(MINUTE);
    vec![Event { actor: INES, received, ..event(Subject::Incident(incident), restored) }]
}

/// A major incident that was stood down and opened again.
fn opened_again(incident: IncidentId) -> Vec<Event> {
    let declared = || Fact::MajorIncidentDeclared { because: "Severity 1".into() };
    let stood_down = Fact::MajorIncidentStoodDown { reason: "Mail flows".into(), review_owner: INES };
    let facts = [declared(), stood_down, declared()];
    facts.into_iter().map(|fact| event(Subject::Incident(incident), fact)).collect()
}

/// A review that was closed while the effect of its action was watched.
fn watched(review: ReviewId, incident: IncidentId, action: ActionId) -> Vec<Event> {
    let text = || "A second line was laid".to_owned();
    let convening = Convening {
        incidents: vec![incident],
        named: Vec::new(),
        clients: BTreeSet::from([ACME]),
        severity: Severity::One,
        because: vec![Trigger::Severity],
        owner: INES,
        manager: EVE,
        finish_by: None,
    };
    let facts = [
        Fact::ReviewOpened { convening },
        Fact::ActionAdded { action, owner: INES, text: text(), due_by: START },
        Fact::ActionFinished { action, evidence: text() },
        Fact::ActionVerified { action, text: text(), effect_days: Some(30) },
        Fact::ReviewClosed { text: text() },
    ];
    facts.into_iter().map(|fact| event(Subject::Review(review), fact)).collect()
}

/// What people did has its outcome: history of the server alone has none.
fn outcomes_of_people(file: &Path) {
    let conn = rusqlite::Connection::open(file).expect("the file");
    let told = "INSERT INTO command_log (id, desk, desk_seq, actor, body_hash, verdict, seq, at)
         SELECT command, command, 1, actor, X'00', json_object('verdict', 'accepted', 'seq', seq), seq, 0
         FROM event WHERE actor = ?1";
    assert_eq!(conn.execute(told, [INES.0.into_bytes()]).expect("told"), 2);
}

/// As a release has it which answered calls one by one, for which a review was over once it was closed, and that kept
/// neither when it heard of what eases a clock nor anything of a process that was opened again.
fn folded_of_old(file: &Path, schema: u32) {
    let conn = rusqlite::Connection::open(file).expect("the file");
    conn.execute_batch(
        "UPDATE record SET doc = json_remove(json_set(doc, '$.escalating.runs[0].acknowledged', NULL,
             '$.escalating.runs[0].first_acknowledged_at', NULL), '$.heard_late',
             '$.major.stand_downs[0].again')
         WHERE kind = 'incident';
         UPDATE record SET open = 0 WHERE kind = 'review';",
    )
    .expect("as it was");
    conn.pragma_update(None, "user_version", schema).expect("set");
}

#[test]
fn what_an_earlier_release_folded_otherwise_is_folded_anew() {
    let house = Fixture::new();
    let (incident, review) = (IncidentId(house.id()), ReviewId(house.id()));
    let history = [
        (CommandId(house.id()), called_twice(incident, PathId(house.id()))),
        (CommandId(house.id()), watched(review, incident, ActionId(house.id()))),
        (CommandId(house.id()), restored_before(incident)),
        (CommandId(house.id()), opened_again(incident)),
    ];
    let dir = house.dir.clone();
    let (mut store, _gone) = house.into_store();
    store.append_history(START, &history, None).expect("appended");
    outcomes_of_people(&dir.join(FILE));
    let folder = Folder::new();
    let (backup, restored) = (folder.join("backup.db"), folder.join("restored"));
    store.back_up(&backup).expect("a backup");
    drop(store);
    // In a file of this release it would be damage.
    folded_of_old(&dir.join(FILE), 12);
    let store = Store::open(&dir).expect("opens");
    assert!(matches!(store.verify(), Err(Error::Corrupt(_))));
    drop(store);
    in_tables_of_before(&dir.join(FILE));
    folded_of_old(&dir.join(FILE), 7);
    Store::open(&dir).expect("brought up to date").verify().expect("adds up");
    in_tables_of_before(&backup);
    folded_of_old(&backup, 9);
    Store::restore(&backup, &restored, START).expect("an old backup is one");
    for dir in [&dir, &restored] {
        let conn = rusqlite::Connection::open(dir.join(FILE)).expect("the file");
        let open = "SELECT COUNT(*) FROM record WHERE kind = 'review' AND open = 1";
        let listed: u32 = conn.query_row(open, [], |row| row.get(0)).expect("a count");
        assert_eq!(listed, 1, "the effect of its action is still to be said");
        let entered =
            "SELECT json_extract(doc, '$.heard_late[0].entered') FROM record WHERE kind = 'incident'";
        let entered: i64 =
            conn.query_row(entered, [], |row| row.get(0)).expect("when the server heard of it");
        assert_eq!(entered, START.plus_millis(MINUTE).millis());
        let again =
            "SELECT json_type(doc, '$.major.stand_downs[0].again') FROM record WHERE kind = 'incident'";
        let again: String = conn.query_row(again, [], |row| row.get(0)).expect("what was done since");
        assert_eq!(again, "object");
    }
}
