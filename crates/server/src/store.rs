//! The system of record on one SQLite file: the log, the records that follow from it, who sees them.
//!
//! [`Store`] is the only writer of its file and is used by one thread; readers come from [`Store::readers`].
//! It knows no wire, no route and no rule: what a command makes happen is `incident::decide`'s to say.

pub mod account;
mod append;
pub mod backup;
mod chain;
pub mod claim;
mod column;
mod command;
mod connection;
mod error;
mod footprint;
mod head;
mod history;
pub mod hook;
mod migrate;
mod private;
mod record;
mod refold;
mod scope;
pub mod session;
mod verify;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use incident::{Setting, Setup, Timestamp};
use rusqlite::Connection;

pub use backup::BackedUp;
pub use command::{Ruling, Submission};
pub use connection::Readers;
pub use error::Error;
use footprint::Footprint;
pub use head::Head;
pub use history::Mark;
pub use verify::Verified;
pub use write::Writing;

pub(crate) use column::{counted, hex, id, random_id, stored};
pub(crate) use head::{chain_at, read_head};
use private::{private_file, private_folder};
pub(crate) use record::{changed_since, load, load_alike, load_subject};
pub(crate) use scope::scopes_of;
use write::Live;

/// Name of the database in a data directory.
pub const FILE: &str = "holdfast.db";
/// Folder of the reports of imports in a data directory.
pub(crate) const IMPORTS: &str = "imports";
const LOCK_FILE: &str = "holdfast.lock";
/// Where a desk is made, within the folder it is for: nobody finds half a desk.
const PREPARED: &str = "unfinished";

/// The one writer of a desk's file.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
    live: Live,
    dir: PathBuf,
    /// Held until the store is dropped; `None` for one that writes no log.
    lock: Option<std::fs::File>,
    /// What was made for it, where it is new.
    footprint: Option<Footprint>,
}

impl Store {
    /// Makes a new desk in `dir`, which must not hold one.
    pub fn create(dir: &Path, now: Timestamp) -> Result<Self, Error> {
        let footprint = Footprint::make(dir)?;
        match Self::create_in(dir, now) {
            Ok(store) => Ok(Self { footprint: Some(footprint), ..store }),
            Err(error) => {
                footprint.take_back();
                Err(error)
            }
        }
    }

    fn create_in(dir: &Path, now: Timestamp) -> Result<Self, Error> {
        let lock = lock(dir)?;
        holds_none(dir)?;
        Self::begin_in(dir, now, lock)
    }

    /// Makes a new desk in `dir` that is there once `fill` is through, and not at all before that: even where the
    /// process is killed meanwhile.
    pub fn create_filled<E: From<Error>>(
        dir: &Path,
        now: Timestamp,
        fill: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<Self, E> {
        let footprint = Footprint::make(dir)?;
        match Self::fill_in(dir, now, fill) {
            Ok(store) => Ok(Self { footprint: Some(footprint), ..store }),
            Err(error) => {
                footprint.take_back();
                Err(error)
            }
        }
    }

    fn fill_in<E: From<Error>>(
        dir: &Path,
        now: Timestamp,
        fill: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<Self, E> {
        let kept = lock(dir)?;
        holds_none(dir)?;
        let prepared = dir.join(PREPARED);
        cleared(&prepared)?;
        private_folder(&prepared)?;
        let mut store = Self::begin_in(&prepared, now, lock(&prepared)?)?;
        fill(&mut store)?;
        // The last one to close it leaves one file and nothing beside it.
        drop(store);
        std::fs::rename(prepared.join(FILE), dir.join(FILE)).map_err(|cause| directory(dir, cause))?;
        backup::on_disk(dir)?;
        cleared(&prepared)?;
        Ok(Self::open_file(dir, Some(kept))?)
    }

    fn begin_in(dir: &Path, now: Timestamp, lock: std::fs::File) -> Result<Self, Error> {
        private_file(&dir.join(FILE))?;
        let mut conn = connection::writer(&dir.join(FILE))?;
        migrate::migrate(&mut conn)?;
        head::begin(&mut conn, now)?;
        let live = Live::load(&conn)?;
        Ok(Self { conn, live, dir: dir.to_owned(), lock: Some(lock), footprint: None })
    }

    /// Opens the desk in `dir` for this process alone.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        if !Self::is_in(dir)? {
            return Err(Error::NotInitialised { dir: dir.to_owned() });
        }
        let lock = lock(dir)?;
        Self::open_file(dir, Some(lock))
    }

    /// Opens it beside a running server, for what is no part of the log: accounts and tokens.
    pub fn open_beside(dir: &Path) -> Result<Self, Error> {
        if !Self::is_in(dir)? {
            return Err(Error::NotInitialised { dir: dir.to_owned() });
        }
        Self::open_file(dir, None)
    }

    fn open_file(dir: &Path, lock: Option<std::fs::File>) -> Result<Self, Error> {
        let file = dir.join(FILE);
        if !connection::holds_log(&file).map_err(|error| error.of_file(&file))? {
            return Err(Error::Damaged { file, what: "it holds no log".into() });
        }
        Self::open_desk(dir, lock).map_err(|error| error.of_file(&file))
    }

    /// Every setting that is in force, each after those it refers to.
    pub fn settings(&self) -> Result<Vec<Setting>, Error> {
        history::settings(&self.conn)
    }

    fn open_desk(dir: &Path, lock: Option<std::fs::File>) -> Result<Self, Error> {
        let mut conn = connection::writer(&dir.join(FILE))?;
        migrate::migrate(&mut conn)?;
        connection::forget_sizes(&conn)?;
        let live = Live::load(&conn)?;
        Ok(Self { conn, live, dir: dir.to_owned(), lock, footprint: None })
    }

    /// Takes a desk that this store created out of the way again: filling it failed. One that was there before
    /// stays.
    pub fn discard(mut self) {
        let footprint = self.footprint.take();
        drop(self);
        footprint.iter().for_each(Footprint::take_back);
    }

    /// Whether `dir` holds a desk; an error where nobody can tell.
    pub fn is_in(dir: &Path) -> Result<bool, Error> {
        dir.join(FILE).try_exists().map_err(|cause| directory(dir, cause))
    }

    /// Read-only connections to the same file.
    pub fn readers(&self) -> Readers {
        Readers::new(self.dir.join(FILE))
    }

    /// The head of the log.
    pub const fn head(&self) -> &Head {
        &self.live.head
    }

    /// The configuration in force.
    pub fn setup(&self) -> Arc<Setup> {
        Arc::clone(&self.live.setup)
    }
}

fn directory(dir: &Path, cause: std::io::Error) -> Error {
    if cause.kind() == std::io::ErrorKind::StorageFull {
        let then = "nothing was changed. Make room there, or name a place on another disk";
        return Error::Asked(format!("the disk of {} is full; {then}", dir.display()));
    }
    Error::Directory { dir: dir.to_owned(), cause }
}

/// An error where `dir` holds a desk.
fn holds_none(dir: &Path) -> Result<(), Error> {
    if !dir.join(FILE).exists() {
        return Ok(());
    }
    Err(Error::Asked(format!(
        "{} holds a desk already; nothing was changed. Choose another directory, or use the desk as it is",
        dir.display()
    )))
}

/// Takes away what somebody who was interrupted left in `prepared`.
fn cleared(prepared: &Path) -> Result<(), Error> {
    if !prepared.exists() {
        return Ok(());
    }
    std::fs::remove_dir_all(prepared).map_err(|cause| directory(prepared, cause))
}

fn lock(dir: &Path) -> Result<std::fs::File, Error> {
    let mut options = std::fs::OpenOptions::new();
    let file = options.create(true).append(true).open(dir.join(LOCK_FILE));
    let file = file.map_err(|cause| directory(dir, cause))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::InUse { dir: dir.to_owned() }),
        Err(std::fs::TryLockError::Error(cause)) => Err(directory(dir, cause)),
    }
}
