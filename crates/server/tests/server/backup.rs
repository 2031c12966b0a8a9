//! Backups: they count once they were read back, and a desk made of one is healed by what other desks hold.

use std::collections::BTreeSet;
use std::path::Path;

use incident::command::AddNote;
use incident::{Command, Fact};
use protocol::{Envelope, FaultCode, Verdict};
use server::store::{FILE, Store};
use server::{Clock, Server};

use crate::Fixture;
use crate::fixture::{ACME, DESK, Folder, INES, MINUTE, START, first};

/// Backs up beside the running server, as the subcommand does.
fn back_up(house: &Fixture, to: &Path) -> u64 {
    Store::open_beside(&house.dir).expect("beside").back_up(to).expect("backed up").seq
}

#[test]
fn what_a_backup_covers_is_safe_and_nothing_else_is() {
    let (house, folder) = (Fixture::new(), Folder::new());
    house.log(ACME, "Mail is down");
    assert_eq!(house.pull(INES, &first()).safe, 0);
    let covered = back_up(&house, &folder.join("monday.db"));
    house.log(ACME, "Printer is down");
    let frame = house.pull(INES, &first());
    assert_eq!((frame.safe, frame.to), (covered, covered + 1));
    let error = Store::open_beside(&house.dir).expect("beside").back_up(&folder.join("monday.db"));
    assert!(error.expect_err("twice").to_string().contains("overwrites nothing"));
    assert_eq!(std::fs::read_dir(&folder.0).expect("a folder").count(), 1, "nothing half made stays");
}

#[test]
fn a_log_that_does_not_add_up_is_no_backup_and_makes_nothing_safe() {
    let (house, folder) = (Fixture::new(), Folder::new());
    house.log(ACME, "Mail is down");
    let conn = rusqlite::Connection::open(house.dir.join(FILE)).expect("the file");
    conn.execute("UPDATE event SET body = replace(body, 'Mail is down', 'Mail is fine')", [])
        .expect("changed");
    let made = Store::open_beside(&house.dir).expect("beside").back_up(&folder.join("monday.db"));
    assert!(made.expect_err("changed").to_string().contains("was changed"));
    assert_eq!(std::fs::read_dir(&folder.0).expect("a folder").count(), 0);
    assert_eq!(house.pull(INES, &first()).safe, 0);
}

#[test]
fn a_desk_is_made_of_a_backup_in_an_empty_folder_alone() {
    let (house, folder) = (Fixture::new(), Folder::new());
    let (backup, dir) = (folder.join("monday.db"), folder.join("desk"));
    house.log(ACME, "Mail is down");
    let covered = back_up(&house, &backup);
    let error = Store::restore(&backup, &house.dir, START).expect_err("a desk is there");
    assert!(error.to_string().contains("stop it first"), "{error}");
    std::fs::create_dir_all(&dir).expect("a folder");
    std::fs::write(dir.join("notes.txt"), "mine").expect("a file");
    let error = Store::restore(&backup, &dir, START).expect_err("not empty");
    assert!(error.to_string().contains("not empty"), "{error}");
    std::fs::remove_file(dir.join("notes.txt")).expect("gone");
    std::fs::write(folder.join("half.db"), &std::fs::read(&backup).expect("bytes")[..40_000]).expect("cut");
    assert!(Store::restore(&folder.join("half.db"), &dir, START).is_err(), "half a backup");
    assert!(Store::restore(&folder.join("none.db"), &dir, START).is_err(), "no backup");
    let made = Store::restore(&backup, &dir, START).expect("restored");
    assert_eq!(made.seq, covered);
    let store = Store::open(&dir).expect("a desk");
    store.verify().expect("adds up");
    assert_eq!((store.head().seq, store.head().safe_seq), (covered, covered));
    assert_ne!(Some(store.head().epoch), house.server.pull(INES, &first()).ok().map(|frame| frame.epoch));
    assert_eq!(store.next_number(), 1_002, "no number is given twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ended_does_not_live_again() {
    let (served, folder) = (crate::http::serve().await, Folder::new());
    let token = served.token("Ines").await;
    back_up(&served.house, &folder.join("monday.db"));
    let dir = folder.join("desk");
    Store::restore(&folder.join("monday.db"), &dir, START).expect("restored");
    let count = |dir: &Path| -> i64 {
        let conn = rusqlite::Connection::open(dir.join(FILE)).expect("the file");
        conn.query_row("SELECT count(*) FROM session", [], |row| row.get(0)).expect("counted")
    };
    assert_eq!((count(&served.house.dir), count(&dir)), (1, 0), "{token}");
    served.stop().await;
}

#[test]
fn what_the_backup_lost_comes_back_from_the_desk_once() {
    let (house, folder) = (Fixture::new(), Folder::new());
    let known = house.log(ACME, "Mail is down");
    back_up(&house, &folder.join("monday.db"));
    house.clock.step(10 * MINUTE);
    let lost = incident::IncidentId(house.id());
    let archived: Vec<Envelope> = [
        crate::fixture::log_incident(lost, ACME, "Printer is down"),
        Command::AddNote(AddNote { incident: lost, text: "On lost".into() }),
        Command::AddNote(AddNote { incident: known, text: "On known".into() }),
    ]
    .map(|command| house.envelope(command))
    .into();
    house.server.submit(INES, DESK, archived.clone()).expect("settled");
    let request = {
        let frame = house.pull(INES, &first());
        crate::fixture::after(first(), &frame)
    };
    let dir = folder.join("desk");
    house.clock.step(40 * 24 * 60 * MINUTE);
    let now = house.server.clock().now();
    Store::restore(&folder.join("monday.db"), &dir, now).expect("restored");
    let server = Server::open_with(&dir, Clock::Manual(house.clock.clone())).expect("a server");
    assert_eq!(server.pull(INES, &request).expect_err("another history").code, FaultCode::LogDiverged);
    assert_eq!(server.takes_from(request.epoch).expect_err("old").code, FaultCode::LogDiverged);
    assert_eq!(server.takes_from(None), Ok(()), "it has started over");
    // Out of order: what it builds on may still come from another desk.
    let reply = server.submit(INES, DESK, vec![archived[1].clone()]).expect("settled");
    assert_eq!(reply.outcomes[0].verdict, Verdict::Deferred);
    for _ in 0..2 {
        let reply = server.submit(INES, DESK, archived.clone()).expect("settled");
        assert!(
            reply.outcomes.iter().all(|one| matches!(one.verdict, Verdict::Accepted { .. })),
            "{reply:?}"
        );
    }
    drop(server);
    let store = Store::open(&dir).expect("the desk");
    let mut seen = Vec::new();
    store
        .incidents(|incident, events| {
            // A claim of before the restore is believed however late it comes again.
            assert!(events.iter().all(|event| event.uncertainty_ms == 7), "{events:?}");
            seen.push((incident.id, incident.number, incident.logged.at.since(START) / MINUTE, events.len()));
            Ok::<_, server::store::Error>(())
        })
        .expect("incidents");
    assert_eq!(seen, [(known, Some(1), 0, 2), (lost, Some(1_002), 10, 2)]);
}

#[test]
fn an_incident_that_comes_back_is_known_by_its_former_number_too() {
    let (house, folder) = (Fixture::new(), Folder::new());
    back_up(&house, &folder.join("monday.db"));
    let lost = incident::IncidentId(house.id());
    let mut logs = house.envelope(crate::fixture::log_incident(lost, ACME, "Printer is down"));
    logs.former_numbers = BTreeSet::from([1]);
    let dir = folder.join("desk");
    Store::restore(&folder.join("monday.db"), &dir, START).expect("restored");
    let restored = Server::open_with(&dir, Clock::Manual(house.clock.clone())).expect("a server");
    for server in [&restored, &*house.server] {
        let reply = server.submit(INES, DESK, vec![logs.clone()]).expect("settled");
        assert!(matches!(reply.outcomes[0].verdict, Verdict::Accepted { .. }), "{reply:?}");
    }
    drop(restored);
    let numbers = |store: &Store| {
        store.verify().expect("adds up");
        let mut seen = Vec::new();
        store
            .incidents(|incident, events| {
                let last = events.last().map(|event| event.fact.clone());
                let told = last.filter(|fact| matches!(fact, Fact::Renumbered { .. }));
                seen.push((incident.number, incident.former_numbers.clone(), told));
                Ok::<_, server::store::Error>(())
            })
            .expect("incidents");
        seen
    };
    let before = BTreeSet::from([1]);
    let told = Some(Fact::Renumbered { before: before.clone() });
    assert_eq!(numbers(&Store::open(&dir).expect("the desk")), [(Some(1_001), before, told)]);
    let (store, _gone) = house.into_store();
    assert_eq!(numbers(&store), [(Some(1), BTreeSet::new(), None)], "nothing was restored there");
}

#[test]
fn what_is_unknown_is_waited_for_a_week_and_then_refused() {
    let (house, folder) = (Fixture::new(), Folder::new());
    back_up(&house, &folder.join("monday.db"));
    let dir = folder.join("desk");
    Store::restore(&folder.join("monday.db"), &dir, START).expect("restored");
    let server = Server::open_with(&dir, Clock::Manual(house.clock.clone())).expect("a server");
    let unknown = incident::IncidentId(house.id());
    let note =
        |text: &str| house.envelope(Command::AddNote(AddNote { incident: unknown, text: text.into() }));
    let verdict = |envelope: Envelope| {
        server.submit(INES, DESK, vec![envelope]).expect("settled").outcomes.remove(0).verdict
    };
    house.clock.step(6 * 24 * 60 * MINUTE);
    assert_eq!(verdict(note("On Saturday")), Verdict::Deferred);
    house.clock.step(2 * 24 * 60 * MINUTE);
    assert!(matches!(verdict(note("On Monday")), Verdict::Refused { .. }));
}

#[test]
fn the_file_of_a_desk_is_no_backup_whether_it_is_served_or_not() {
    let (house, folder) = (Fixture::new(), Folder::new());
    house.log(ACME, "Mail is down");
    let dir = house.dir.clone();
    let refused = || {
        let error =
            Store::restore(&dir.join(FILE), &folder.join("desk"), START).expect_err("a desk's own file");
        let said = error.to_string();
        assert!(said.contains("is the file of a desk itself"), "{said}");
        assert!(said.contains("holdfast-server backup --data DIR --to FILE"), "{said}");
        assert!(!folder.join("desk").exists(), "nothing was made");
    };
    refused();
    let (store, _gone) = house.into_store();
    drop(store);
    refused();
}

#[test]
fn what_an_interrupted_backup_left_goes_with_the_next_one() {
    let (house, folder) = (Fixture::new(), Folder::new());
    house.log(ACME, "Mail is down");
    for left in ["monday.db.part", "monday.db.part-journal"] {
        std::fs::write(folder.join(left), "half a copy").expect("a file");
    }
    back_up(&house, &folder.join("monday.db"));
    let names: Vec<_> = std::fs::read_dir(&folder.0).expect("a folder").flatten().collect();
    assert!(names.len() == 1 && names[0].file_name() == "monday.db", "{names:?}");
}

#[test]
fn a_file_that_is_no_desk_is_named_and_left_as_it_is() {
    let folder = Folder::new();
    let (text, other) = (folder.join("notes.txt"), folder.join("other.db"));
    std::fs::write(&text, "a shopping list, longer than the header of a database".repeat(20))
        .expect("a file");
    let conn = rusqlite::Connection::open(&other).expect("a database");
    conn.execute("CREATE TABLE shopping (what TEXT)", []).expect("a table");
    drop(conn);
    let cases = [
        (&text, "file is not a database"),
        (&other, "it holds no log"),
        (&folder.join("nowhere"), "it is not there"),
        (&folder.0, "it is no file"),
    ];
    for (from, why) in cases {
        let to = folder.join("restored");
        let said = Store::restore(from, &to, START).expect_err("no backup").to_string();
        assert!(said.contains(&from.display().to_string()) && said.contains(why), "{said}");
        assert!(said.contains("Name a file that `holdfast-server backup` wrote"), "{said}");
        assert!(!to.join(FILE).exists(), "nothing was restored");
    }
    for (file, why) in [(&text, "file is not a database"), (&other, "it holds no log")] {
        let dir = folder.join(&format!("desk-{}", why.len()));
        std::fs::create_dir(&dir).expect("a folder");
        std::fs::copy(file, dir.join(FILE)).expect("a copy");
        let said = Store::open(&dir).expect_err("no desk").to_string();
        assert!(said.contains(why) && said.contains("restore a backup"), "{said}");
        let left = std::fs::read(dir.join(FILE)).expect("the file");
        assert_eq!(left, std::fs::read(file).expect("the file"), "nothing was changed");
    }
}
