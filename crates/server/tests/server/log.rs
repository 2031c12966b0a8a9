//! One order of the log: idempotent, gapless, chained, durable before it is answered.

use incident::command::{AddNote, Configure, LinkChild, RaiseSignal, RestoreService};
use incident::identification::Sighting;
use incident::{Command, Fact, IncidentId, RefusalCode, SignalId, Source};
use protocol::{FaultCode, Verdict};

use crate::Fixture;
use crate::fixture::{ACME, BOB, BORG, DESK, EVE, INES, MINUTE, OTHER_DESK, START, log_incident, person};

#[test]
fn the_same_command_twice_is_one() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    let note = house.envelope(Command::AddNote(AddNote { incident, text: "First look".into() }));
    let first = house.server.submit(INES, DESK, vec![note.clone()]).expect("settled");
    let head = *house.server.head().borrow();
    let again = house.server.submit(INES, DESK, vec![note.clone(), note]).expect("settled");
    assert_eq!(again.outcomes, vec![first.outcomes[0].clone(), first.outcomes[0].clone()]);
    assert_eq!(*house.server.head().borrow(), head);
}

#[test]
fn an_id_belongs_to_one_command_and_one_person() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    let note = house.envelope(Command::AddNote(AddNote { incident, text: "First look".into() }));
    house.server.submit(INES, DESK, vec![note.clone()]).expect("settled");
    let head = *house.server.head().borrow();
    let mut other = note.clone();
    other.command = Command::AddNote(AddNote { incident, text: "Something else".into() });
    let fault = house.server.submit(INES, DESK, vec![other]).expect_err("another body");
    assert_eq!(fault.code, FaultCode::CommandReused);
    let fault = house.server.submit(EVE, OTHER_DESK, vec![note]).expect_err("another person");
    assert_eq!(fault.code, FaultCode::CommandReused);
    assert_eq!(*house.server.head().borrow(), head);
}

#[test]
fn what_was_answered_survives_the_process() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    let note = house.envelope(Command::AddNote(AddNote { incident, text: "First look".into() }));
    let first = house.server.submit(INES, DESK, vec![note.clone()]).expect("settled");
    // The reply is lost, the server is gone; the desk sends again to the next one.
    let house = house.restart();
    let again = house.server.submit(INES, DESK, vec![note]).expect("settled");
    assert_eq!(again.outcomes, first.outcomes);
    let next = house.log(ACME, "Printer is down");
    let (store, _gone) = house.into_store();
    let mut numbers = Vec::new();
    store
        .incidents(|incident, events| {
            numbers.push((incident.id, incident.number, events.len()));
            Ok::<_, server::store::Error>(())
        })
        .expect("incidents");
    assert_eq!(numbers, vec![(incident, Some(1), 2), (next, Some(2), 1)]);
}

#[test]
fn trap_77_the_log_has_no_gaps_and_shows_every_change() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    for place in 0..20 {
        house.note(INES, incident, &format!("Note {place}"));
    }
    let refused = house.note(INES, incident, ".");
    assert!(matches!(refused, Verdict::Refused { .. }));
    let sighting = Sighting {
        source: Source::Staff,
        client: None,
        service: None,
        summary: "The icon is red".into(),
        details: String::new(),
        reporter: "Ines".into(),
        reported_at: START,
        dedup_key: None,
        link: None,
    };
    let raised =
        house.act(INES, Command::RaiseSignal(RaiseSignal { signal: SignalId(house.id()), sighting }));
    assert!(matches!(raised, Verdict::Accepted { .. }), "{raised:?}");
    let dir = house.dir.clone();
    let (store, _gone) = house.into_store();
    let found = store.verify().expect("an untouched log");
    assert_eq!((found.lines, found.records), (store.head().seq, 2));
    drop(store);
    let file = dir.join(server::store::FILE);
    let untouched = std::fs::read(&file).expect("the file");
    for change in [
        "UPDATE event SET body = replace(body, 'Note 3', 'Note 4') WHERE body LIKE '%Note 3\"%'",
        "UPDATE event SET actor = x'00000000000000000000000000000022' WHERE seq = 12",
        "UPDATE event SET received = received + 1 WHERE seq = 14",
        "DELETE FROM event WHERE seq = 15",
        "UPDATE record SET doc = replace(doc, 'Mail is down', 'Mail is fine') WHERE kind = 'incident'",
        "UPDATE record SET doc = replace(doc, 'is red', 'is blue') WHERE kind = 'signal'",
        "DELETE FROM record WHERE kind = 'signal'",
        "UPDATE record SET open = 0 WHERE kind = 'incident'",
        "UPDATE record SET scope = (SELECT id FROM scope WHERE name = 'house') WHERE kind = 'incident'",
        "DELETE FROM vis WHERE of IN (SELECT id FROM record WHERE kind = 'incident')",
        "UPDATE vis SET present = 0 WHERE of IN (SELECT id FROM record WHERE kind = 'signal')",
        "UPDATE record SET doc = replace(doc, 'Gold', 'Lead') WHERE kind = 'setting'",
        "DELETE FROM record WHERE kind = 'setting' AND doc LIKE '%Gold%'",
        "UPDATE log_head SET safe_seq = seq + 1",
        "UPDATE command_log SET verdict = replace(verdict, '\"accepted\"', '\"deferred\"')",
        "UPDATE command_log SET seq = seq - 1 WHERE verdict LIKE '%accepted%' AND seq > 20",
        "UPDATE command_log SET verdict = (SELECT verdict FROM command_log WHERE verdict LIKE '%accepted%' LIMIT 1)
             WHERE verdict LIKE '%refused%'",
        "UPDATE command_log SET verdict = replace(verdict, '§3', '§9') WHERE verdict LIKE '%refused%'",
        "UPDATE command_log SET verdict = '{' WHERE verdict LIKE '%refused%'",
        "UPDATE command_log SET actor = x'00000000000000000000000000000022'",
        "DELETE FROM command_log WHERE verdict LIKE '%refused%'",
        "DELETE FROM command_log WHERE verdict LIKE '%accepted%' AND seq > 20",
    ] {
        std::fs::write(&file, &untouched).expect("put back");
        let conn = rusqlite::Connection::open(&file).expect("the file");
        conn.execute_batch(&format!(
            "SAVEPOINT before; PRAGMA defer_foreign_keys = ON; {change}; RELEASE before"
        ))
        .expect("changed behind the server's back");
        assert!(conn.total_changes() > 0, "changes nothing: {change}");
        drop(conn);
        let store = server::store::Store::open(&dir).expect("opens");
        assert!(store.verify().is_err(), "unseen: {change}");
    }
}

#[test]
fn everybody_who_did_something_has_an_account() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    house.note(BOB, incident, "On it");
    let dir = house.dir.clone();
    let (store, _gone) = house.into_store();
    assert_eq!(store.verify_accounts().expect("all are there"), 3);
    drop(store);
    let file = dir.join(server::store::FILE);
    let untouched = std::fs::read(&file).expect("the file");
    for (change, why) in [
        ("DELETE FROM account WHERE name = 'bob'", "who has no account"),
        ("UPDATE account SET person = x'00000000000000000000000000000077' WHERE name = 'eve'", "of nobody"),
    ] {
        std::fs::write(&file, &untouched).expect("put back");
        let conn = rusqlite::Connection::open(&file).expect("the file");
        assert_eq!(conn.execute(change, []).expect("changed behind the server's back"), 1);
        drop(conn);
        let said = server::store::Store::open(&dir).expect("opens").verify_accounts().expect_err("changed");
        assert!(said.to_string().contains(why), "{said}");
    }
}

#[test]
fn trap_78_erased_words_leave_their_commitment_and_the_log_adds_up() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    house.note(INES, incident, "Ada's number is 555 0199");
    house.note(INES, incident, "She waits at her desk");
    let dir = house.dir.clone();
    let (store, _gone) = house.into_store();
    let before = store.verify().expect("an untouched log");
    drop(store);
    let file = dir.join(server::store::FILE);
    let change = |sql: &str| {
        let conn = rusqlite::Connection::open(&file).expect("the file");
        conn.execute(sql, []).expect("changed behind the server's back")
    };
    assert_eq!(change("UPDATE event SET salt = NULL, body = NULL WHERE body LIKE '%555 0199%'"), 1);
    let store = server::store::Store::open(&dir).expect("opens");
    assert_eq!(store.verify().expect("an erasure takes no line away"), before);
    let mut told = Vec::new();
    store
        .incidents(|_, events| {
            told.extend(events.iter().map(|event| format!("{:?}", event.fact)));
            Ok::<_, server::store::Error>(())
        })
        .expect("incidents");
    assert!(told.iter().all(|fact| !fact.contains("555 0199")) && told.len() == 2, "{told:?}");
    drop(store);
    // What it was cannot be replaced by anything else.
    change("UPDATE event SET commitment = zeroblob(32) WHERE body IS NULL");
    assert!(server::store::Store::open(&dir).expect("opens").verify().is_err());
}

#[test]
fn a_desk_may_be_behind_but_never_ahead_of_the_servers_clock() {
    let house = Fixture::new();
    let incident = house.log(ACME, "Mail is down");
    house.clock.step(10 * MINUTE);
    let at = |offset: i64| {
        let mut note = house.envelope(Command::AddNote(AddNote { incident, text: "Seen".into() }));
        note.claim.at = START.plus_millis(offset);
        house.server.submit(INES, DESK, vec![note]).expect("settled");
    };
    at(-60 * MINUTE);
    at(5 * MINUTE);
    at(3 * MINUTE);
    at(i64::MAX);
    at(i64::MIN);
    let (store, _gone) = house.into_store();
    store
        .incidents(|_, events| {
            let stamps: Vec<_> = events.iter().map(|event| event.at.since(START) / MINUTE).collect();
            assert_eq!(stamps, vec![0, 0, 5, 5, 10, 10]);
            assert!(events.iter().skip(1).all(|event| event.received == START.plus_millis(10 * MINUTE)));
            let off: Vec<_> = events.iter().map(|event| event.uncertainty_ms).collect();
            assert_eq!(off, [7, 7, 7, 7, 7, u32::MAX], "a clock that no one can believe bounds nothing");
            Ok::<_, server::store::Error>(())
        })
        .expect("incidents");
}

#[test]
fn what_kin_heard_meanwhile_moves_no_deed() {
    let house = Fixture::new();
    let parent = house.log(ACME, "Mail is down");
    let (child, other) = (house.log(ACME, "Webmail is down"), house.log(ACME, "Mail is slow"));
    for child in [child, other] {
        let linked = house.act(INES, Command::LinkChild(LinkChild { incident: parent, child }));
        assert!(matches!(linked, Verdict::Accepted { .. }), "{linked:?}");
    }
    for (minutes, incident) in [(20, parent), (5, other)] {
        house.clock.step(minutes * MINUTE);
        house.note(INES, incident, "The disk is full");
    }
    let restored = |incident: IncidentId, minutes: i64| {
        let restore = RestoreService { incident, text: "A test mail came".into() };
        let mut restore = house.envelope(Command::RestoreService(restore));
        restore.claim.at = START.plus_millis(minutes * MINUTE);
        house.server.submit(INES, DESK, vec![restore]).expect("settled");
    };
    // Done long before both were noted on; the parent after its own note, and before that of its other child.
    restored(child, 10);
    restored(parent, 22);
    let (store, _gone) = house.into_store();
    let mut told = Vec::new();
    store
        .incidents(|incident, events| {
            let ends = events.iter().filter(|event| {
                matches!(event.fact, Fact::ServiceRestored { .. } | Fact::ParentRestored { .. })
            });
            told.extend(ends.map(|event| (incident.id, event.at.since(START) / MINUTE)));
            Ok::<_, server::store::Error>(())
        })
        .expect("incidents");
    // What the other child heard of it comes after what it knew already.
    assert_eq!(told, [(parent, 22), (child, 10), (other, 25)]);
}

#[test]
fn nobody_writes_where_they_may_not_look() {
    let house = Fixture::new();
    let theirs = house.log(BORG, "Borg mail is down SECRET-B");
    let refused = |verdict: Verdict| match verdict {
        Verdict::Refused { refusal } => refusal,
        other => panic!("{other:?}"),
    };
    let hidden = refused(house.note(BOB, theirs, "Let me in"));
    let missing = refused(house.note(BOB, incident::IncidentId(house.id()), "Let me in"));
    assert_eq!(hidden, missing, "an incident out of sight is like one that is not");
    let own = incident::IncidentId(house.id());
    assert_eq!(refused(house.act(BOB, log_incident(own, BORG, "For Borg"))).code, RefusalCode::Unknown);
    let taken = refused(house.act(BOB, log_incident(theirs, ACME, "Takes the id")));
    assert_eq!(taken.code, RefusalCode::Invalid);
    assert!(!serde_json::to_string(&taken).expect("json").contains("SECRET-B"));
}

#[test]
fn roles_are_those_of_this_moment() {
    let house = Fixture::new();
    let setting = person(BOB, "Bob", &[], Some(&[ACME]));
    let incident = house.log(ACME, "Mail is down");
    let accepted = house.act(INES, Command::Configure(Configure { setting: setting.clone() }));
    assert!(matches!(accepted, Verdict::Accepted { .. }));
    let refused = house.act(BOB, log_incident(incident::IncidentId(house.id()), ACME, "No longer mine"));
    assert!(matches!(refused, Verdict::Refused { refusal } if refusal.code == RefusalCode::NotPermitted));
    assert!(matches!(house.note(BOB, incident, "Still personnel"), Verdict::Accepted { .. }));
    let refused = house.act(EVE, Command::Configure(Configure { setting }));
    assert!(matches!(refused, Verdict::Refused { refusal } if refusal.code == RefusalCode::NotPermitted));
}
