//! A copy of the desk in one file: taken while the server runs, read back before it counts, put back into an
//! empty folder.
//!
//! A desk keeps what it sent until a backup covers it; so a copy counts as one only after every line of it was
//! verified. It does not choose where copies lie, nor how many are kept.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use incident::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags, params};

use super::column::stored;
use super::footprint::Footprint;
use super::head::read_head;
use super::verify::{Verified, verify};
use super::{
    Error, FILE, LOCK_FILE, PREPARED, Store, cleared, directory, lock, migrate, private_file, private_folder,
};

/// How a file of SQLite begins,
const SQLITE: &[u8] = b"SQLite format 3\0";
/// and what the two bytes at 18 say where no write-ahead log belongs to it.
const WITHOUT_LOG: [u8; 2] = [1, 1];

/// A backup that was read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackedUp {
    /// The last line of the log that it covers.
    pub seq: u64,
    /// What was verified in it.
    pub verified: Verified,
}

impl Store {
    /// Copies the desk into the file `to`, which must not exist, reads the copy back, and lets desks forget
    /// what it covers. A server may go on writing meanwhile.
    pub fn back_up(&self, to: &Path) -> Result<BackedUp, Error> {
        if to.exists() {
            let what = "exists, and a backup overwrites nothing; name another file";
            return Err(Error::Asked(format!("{} {what}", to.display())));
        }
        let folder = to.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !folder.is_dir() {
            let what = "is no folder; nothing was backed up. Make it first, or name another file";
            return Err(Error::Asked(format!("{} {what}", folder.display())));
        }
        let part = to.with_added_extension("part");
        // What an interrupted backup left.
        let left = ["", "-journal"].map(|end| PathBuf::from(format!("{}{end}", part.display())));
        left.iter().filter(|path| path.exists()).try_for_each(|path| gone(path))?;
        let made = self.copy_to(&part).and_then(|()| {
            let verified = verify_file(&part).map_err(|broken| broken.in_copy(to))?;
            std::fs::rename(&part, to).map_err(|cause| directory(to, cause))?;
            Ok(verified)
        });
        if made.is_err() && part.exists() {
            gone(&part)?;
        }
        let (seq, verified) = made?;
        on_disk(folder)?;
        self.conn.execute("UPDATE log_head SET safe_seq = MAX(safe_seq, ?1) WHERE id = 1", [stored(seq)])?;
        Ok(BackedUp { seq, verified })
    }

    /// One snapshot, page by page; for this user's eyes alone, because accounts are in it.
    fn copy_to(&self, part: &Path) -> Result<(), Error> {
        private_file(part)?;
        let mut copy = Connection::open(part)?;
        // A copy that breaks off is thrown away whole; there is nothing to take back, and no file for that.
        copy.query_row("PRAGMA journal_mode = OFF", [], |_| Ok(()))?;
        let backup = Backup::new(&self.conn, &mut copy)?;
        if backup.step(-1)? != StepResult::Done {
            return Err(Error::Asked("the desk is busy; nothing was backed up. Try again".into()));
        }
        drop(backup);
        // One file and nothing beside it.
        copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
        copy.close().map_err(|(_, error)| error)?;
        on_disk(part)
    }

    /// Puts the backup `from` back into `dir`, which must be empty. The log goes on from its last line as a new
    /// incarnation, so that desks which knew more send it again.
    pub fn restore(from: &Path, dir: &Path, now: Timestamp) -> Result<BackedUp, Error> {
        match std::fs::metadata(from) {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Err(no_backup(from, "it is no file")),
            Err(cause) if cause.kind() == ErrorKind::NotFound => {
                return Err(no_backup(from, "it is not there"));
            }
            Err(cause) => return Err(directory(from, cause)),
        }
        if is_of_a_desk(from)? {
            return Err(Error::Asked(format!(
                "{} is the file of a desk itself and no backup: its latest lines may lie in another file beside it; \
                 nothing was restored. `holdfast-server backup --data DIR --to FILE` makes a backup of that desk, while \
                 its server runs too: name that FILE",
                from.display()
            )));
        }
        let footprint = Footprint::make(dir)?;
        let restored = Self::restore_into(from, dir, now);
        if restored.is_err() {
            footprint.take_back();
        }
        restored
    }

    fn restore_into(from: &Path, dir: &Path, now: Timestamp) -> Result<BackedUp, Error> {
        let _lock = lock(dir)?;
        let prepared = dir.join(PREPARED);
        // What an interrupted restore left; the backup is still where it was.
        cleared(&prepared)?;
        let entries = std::fs::read_dir(dir).map_err(|cause| directory(dir, cause))?;
        if entries.flatten().any(|entry| entry.file_name() != LOCK_FILE) {
            let what = "is not empty; nothing was changed. Name an empty folder";
            return Err(Error::Asked(format!("{} {what}", dir.display())));
        }
        let restored = prepare(from, &prepared, now);
        if restored.is_ok() {
            std::fs::rename(prepared.join(FILE), dir.join(FILE)).map_err(|cause| directory(dir, cause))?;
            on_disk(dir)?;
        }
        std::fs::remove_dir_all(&prepared).map_err(|cause| directory(&prepared, cause))?;
        restored
    }
}

/// A copy of the backup that is verified and has begun its new incarnation.
fn prepare(from: &Path, dir: &Path, now: Timestamp) -> Result<BackedUp, Error> {
    private_folder(dir)?;
    let file = dir.join(FILE);
    private_file(&file)?;
    let mut backup = File::open(from).map_err(|cause| directory(from, cause))?;
    let mut copy = File::options().write(true).open(&file).map_err(|cause| directory(&file, cause))?;
    std::io::copy(&mut backup, &mut copy).map_err(|cause| directory(dir, cause))?;
    drop(copy);
    let (seq, verified) = verify_backup(&file).map_err(|broken| broken.in_backup(from))?;
    let mut store = Store::open(dir)?;
    store.begin_epoch("restored from a backup", now)?;
    store.conn.execute("UPDATE log_head SET safe_seq = ?1 WHERE id = 1", params![stored(seq)])?;
    drop(store);
    on_disk(&file)?;
    Ok(BackedUp { seq, verified })
}

/// Whether a file is one that a server writes: such a file says of itself that there is a log beside it, whether
/// anybody writes it now or not, and a backup has none.
fn is_of_a_desk(file: &Path) -> Result<bool, Error> {
    let mut head = Vec::new();
    let read = File::open(file).and_then(|file| file.take(20).read_to_end(&mut head));
    read.map_err(|cause| directory(file, cause))?;
    Ok(head.starts_with(SQLITE) && head.get(18..20) != Some(&WITHOUT_LOG))
}

/// Why a copy of a desk does not read back.
enum Unreadable {
    /// What is wrong with the file.
    Broken(String),
    /// What does not add up, or the world failed.
    Failed(Error),
}

impl Unreadable {
    /// Of a copy that was only just made.
    fn in_copy(self, to: &Path) -> Error {
        match self {
            Self::Broken(what) => {
                let then = "nothing was backed up. Check the disk, then run `holdfast-server audit verify`";
                Error::Asked(format!("the copy for {} does not read back: {what}; {then}", to.display()))
            }
            Self::Failed(error) => error,
        }
    }

    /// Of a file that somebody named as a backup.
    fn in_backup(self, from: &Path) -> Error {
        match self {
            Self::Broken(what) => no_backup(from, &what),
            Self::Failed(Error::Corrupt(what)) => no_backup(from, &what),
            Self::Failed(error) => error,
        }
    }
}

fn no_backup(from: &Path, what: &str) -> Error {
    let then = "nothing was restored. Name a file that `holdfast-server backup` wrote";
    Error::Asked(format!("{} is no backup of a desk: {what}; {then}", from.display()))
}

/// Reads a file back: its pages, its chain, its records.
fn verify_file(file: &Path) -> Result<(u64, Verified), Unreadable> {
    let (conn, seq) = read_back(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    Ok((seq, verify(&conn).map_err(Unreadable::Failed)?))
}

/// The same of a copy of a backup, which an earlier release may have written: what that folded otherwise is folded
/// anew first.
fn verify_backup(copy: &Path) -> Result<(u64, Verified), Unreadable> {
    let (mut conn, seq) = read_back(copy, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    migrate::migrate(&mut conn).map_err(Unreadable::Failed)?;
    Ok((seq, verify(&conn).map_err(Unreadable::Failed)?))
}

/// Reads the pages of a file, and where its log ends.
fn read_back(file: &Path, flags: OpenFlags) -> Result<(Connection, u64), Unreadable> {
    let failed = |error: rusqlite::Error| Unreadable::Failed(error.into());
    let conn = Connection::open_with_flags(file, flags).map_err(failed)?;
    let pages: String = conn
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| Unreadable::Broken(error.to_string()))?;
    if pages != "ok" {
        return Err(Unreadable::Broken(pages));
    }
    let head = read_head(&conn).map_err(|_| Unreadable::Broken("it holds no log".into()))?;
    Ok((conn, head.seq))
}

fn gone(file: &Path) -> Result<(), Error> {
    std::fs::remove_file(file).map_err(|cause| directory(file, cause))
}

/// Returns when a file, or the names in a folder, are on disk.
pub(super) fn on_disk(path: &Path) -> Result<(), Error> {
    let path: PathBuf = path.to_owned();
    File::open(&path).and_then(|file| file.sync_all()).map_err(|cause| directory(&path, cause))
}
