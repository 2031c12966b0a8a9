//! A damaged file: named, kept under another name, and replaced by a new one with the words that could be read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use incident::command::RaiseSignal;
use incident::identification::{Sighting, Source};
use incident::{Command, DeskId, SignalId};
use replica::{Error, Replica, set_aside, suspect};

use super::world::{at, command_id, ines, uuid};

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("holdfast-{name}-{}", std::process::id()));
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        Self(folder)
    }

    fn open(&self) -> Result<Replica, Error> {
        Replica::open(&self.0, DeskId(uuid(800)), at(0))
    }

    /// A copy with words that the server has not heard, and a draft.
    fn used(&self) -> PathBuf {
        let mut desk = self.open().unwrap();
        for n in 1..=3 {
            desk.execute(command_id(n), &ines(), report(n), at(1)).unwrap();
        }
        desk.save_draft("note/1", "Half a sent", at(2)).unwrap();
        desk.path().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            assert!(std::thread::panicking(), "the folder could not be removed: {error}");
        }
    }
}

fn report(n: u128) -> Command {
    let sighting = Sighting {
        source: Source::Staff,
        client: None,
        service: None,
        summary: format!("Door {n} of the machine room stands open"),
        details: String::new(),
        reporter: String::new(),
        reported_at: at(0),
        dedup_key: None,
        link: None,
    };
    Command::RaiseSignal(RaiseSignal { signal: SignalId(uuid(2_000 + n)), sighting })
}

/// Writes over the pages on which the records begin; what a person had typed lies on others.
fn damage_records(file: &Path) {
    let db = rusqlite::Connection::open(file).unwrap();
    let number = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let size = usize::try_from(number("PRAGMA page_size")).unwrap();
    let page = usize::try_from(number("SELECT rootpage FROM sqlite_schema WHERE name = 'record'")).unwrap();
    db.close().unwrap();
    let mut bytes = std::fs::read(file).unwrap();
    bytes[(page - 1) * size..page * size].fill(0xff);
    std::fs::write(file, bytes).unwrap();
}

#[test]
fn what_is_no_database_is_named_and_kept_as_it_is() {
    let folder = Folder::new("no-database");
    let file = folder.used();
    let noise = vec![b'x'; 20_000];
    std::fs::write(&file, &noise).unwrap();
    let fault = folder.open().unwrap_err();
    assert!(matches!(fault, Error::Damaged { .. }), "{fault}");
    assert!(fault.to_string().contains(&file.display().to_string()), "{fault}");
    assert!(!fault.to_string().contains("lost"), "nobody knows: {fault}");

    let aside = set_aside(&folder.0, at(5)).unwrap();
    assert_eq!((std::fs::read(&aside.file).unwrap(), aside.recovered), (noise, 0));
    let desk = folder.open().unwrap();
    assert_eq!((desk.waiting().unwrap(), desk.attention_count().unwrap()), ((0, 0), 0));
}

#[test]
fn words_that_can_be_read_in_a_damaged_file_come_to_attention() {
    let folder = Folder::new("middle");
    let file = folder.used();
    damage_records(&file);
    let fault = folder.open().unwrap_err();
    assert!(matches!(fault, Error::Damaged { .. }), "{fault}");

    let aside = set_aside(&folder.0, at(5)).unwrap();
    assert_eq!(aside.recovered, 3);
    assert!(aside.file.is_file() && aside.file != file);
    let desk = folder.open().unwrap();
    assert_eq!(desk.waiting().unwrap(), (0, 0), "nothing is sent by itself");
    let attention = desk.attention().unwrap();
    let commands: BTreeSet<_> = attention.iter().map(|one| one.envelope.id).collect();
    assert_eq!(commands, BTreeSet::from([command_id(1), command_id(2), command_id(3)]));
    assert!(attention.iter().all(|one| one.refusal.what.contains("damaged")), "{attention:?}");
    assert_eq!(desk.draft("note/1").unwrap().as_deref(), Some("Half a sent"));
    assert_eq!(desk.pull_request(0).unwrap().cursor, 0, "the server fills it anew");
}

#[test]
fn setting_aside_that_was_cut_short_goes_on_where_it_was() {
    let folder = Folder::new("cut-short");
    let file = folder.used();
    damage_records(&file);
    let aside = folder.0.join(format!("damaged-{}.db", at(5).millis()));
    std::fs::create_dir_all(&aside).unwrap();
    let fault = set_aside(&folder.0, at(5)).unwrap_err();
    assert!(matches!(fault, Error::NotSetAside { .. }), "{fault}");
    assert!(fault.to_string().contains(&file.display().to_string()), "{fault}");
    assert!(matches!(folder.open(), Err(Error::Damaged { .. })), "nobody opens it as it is");
    // The next try got as far as moving the damaged file.
    std::fs::remove_dir(&aside).unwrap();
    std::fs::rename(&file, &aside).unwrap();
    assert!(matches!(folder.open(), Err(Error::Damaged { .. })), "no empty file takes its place");

    let done = set_aside(&folder.0, at(9)).unwrap();
    assert_eq!((done.file.as_path(), done.recovered), (aside.as_path(), 3));
    let desk = folder.open().unwrap();
    assert_eq!(desk.attention_count().unwrap(), 3);
    assert_eq!(desk.draft("note/1").unwrap().as_deref(), Some("Half a sent"));
}

#[test]
fn a_file_that_failed_while_it_was_open_is_not_opened_again_as_it_is() {
    let folder = Folder::new("while-open");
    let file = folder.used();
    let desk = folder.open().unwrap();
    let told = suspect(&file, "database disk image is malformed".to_owned());
    assert!(told.to_string().contains(&file.display().to_string()), "{told}");
    drop(desk);
    assert!(matches!(folder.open(), Err(Error::Damaged { .. })));
    assert_eq!(set_aside(&folder.0, at(5)).unwrap().recovered, 3);
    assert_eq!(folder.open().unwrap().attention_count().unwrap(), 3);
}
