//! Copies kept of abandoned histories, for thirty days: one may hold the only trace of what others did.
//!
//! Until when a copy is kept is a fact of the desk's file, by the clock that the desk is given; the times of files
//! are never read. A copy with words of the person that are still to be sent stays however old it is.

use std::path::{Path, PathBuf};

use incident::{CommandId, Timestamp};
use rusqlite::{Connection, params};

use super::outbox;
use super::rows::uuid_at;
use crate::Error;

/// How long a copy is kept, in milliseconds.
const KEPT_MS: i64 = 30 * 24 * 3_600_000;
/// When one that had to stay is looked at again, in milliseconds.
const LOOK_AGAIN_MS: i64 = 24 * 3_600_000;

/// Keeps a copy of the file as it is, beside it, and says until when.
pub(crate) fn keep(db: &Connection, file: &Path, history: &str, now: Timestamp) -> Result<(), Error> {
    let copy = copy_of(file, history);
    if !copy.exists() {
        db.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    }
    set_until(db, history, now.plus_millis(KEPT_MS))
}

/// The copies beside the file, each with the history that it is of.
pub(crate) fn all(file: &Path) -> Result<Vec<(String, PathBuf)>, Error> {
    let Some(folder) = file.parent() else { return Ok(Vec::new()) };
    let mut copies = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        copies.extend(history_of(&path).map(|history| (history, path)));
    }
    Ok(copies)
}

/// The time of a copy that nothing is known of, from an earlier release, begins when it is first met.
pub(crate) fn date_undated(db: &Connection, file: &Path, now: Timestamp) -> Result<(), Error> {
    for (history, _) in all(file)? {
        if super::meta(db, &until(&history))?.is_none() {
            set_until(db, &history, now.plus_millis(KEPT_MS))?;
        }
    }
    Ok(())
}

/// Deletes the copies whose time is over. One that has to stay, or cannot be read or deleted, is looked at again a
/// day later.
pub(crate) fn expire(db: &Connection, file: &Path, now: Timestamp) -> Result<(), Error> {
    for history in over(db, now)? {
        let copy = copy_of(file, &history);
        let is_gone = let_go(db, &copy).unwrap_or_else(|error| {
            tracing::warn!(copy = %copy.display(), %error, "a copy of another history could not be deleted");
            false
        });
        if is_gone {
            super::forget_meta(db, &until(&history))?;
        } else {
            set_until(db, &history, now.plus_millis(LOOK_AGAIN_MS))?;
        }
    }
    Ok(())
}

/// Where the copy of a history is kept, beside the file.
fn copy_of(file: &Path, history: &str) -> PathBuf {
    file.with_file_name(format!("replica-{history}.db"))
}

fn history_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    Some(name.strip_prefix("replica-")?.strip_suffix(".db")?.to_owned())
}

/// The fact that says until when a copy is kept. No other fact begins like this.
fn until(history: &str) -> String {
    format!("kept/{history}")
}

fn set_until(db: &Connection, history: &str, at: Timestamp) -> Result<(), Error> {
    super::set_meta(db, &until(history), &at.millis().to_string())
}

/// The histories whose copy's time is over. It is asked with every frame; '0' follows '/'.
fn over(db: &Connection, now: Timestamp) -> Result<Vec<String>, Error> {
    let mut list = db.prepare_cached(
        "SELECT substr(key, 6) FROM meta
         WHERE key >= 'kept/' AND key < 'kept0' AND CAST(value AS INTEGER) <= ?1",
    )?;
    let histories = list.query_map(params![now.millis()], |row| row.get(0))?;
    Ok(histories.collect::<Result<_, _>>()?)
}

/// Deletes a copy that may go; whether it is gone.
fn let_go(db: &Connection, copy: &Path) -> Result<bool, Error> {
    if copy.exists() && holds_unsent(db, copy)? {
        return Ok(false);
    }
    // What a step that was cut short left beside it holds pages of it too.
    for file in [copy.to_path_buf(), copy.with_extension("db-journal")] {
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(true)
}

/// Whether a copy holds words of the person that are still to be sent. They wait in this desk's file as well, and
/// are in attention there once the server refused them; where that file was made anew since, nothing tells what
/// became of them.
fn holds_unsent(db: &Connection, copy: &Path) -> Result<bool, Error> {
    let copy = super::open_reader(copy)?;
    if super::meta(&copy, "desk")? != super::meta(db, "desk")? {
        let words = "SELECT EXISTS (SELECT 1 FROM outbox UNION ALL SELECT 1 FROM archive
                     UNION ALL SELECT 1 FROM attention UNION ALL SELECT 1 FROM draft)";
        return Ok(copy.query_row(words, [], |row| row.get(0))?);
    }
    let mut list = copy.prepare("SELECT id FROM outbox UNION ALL SELECT id FROM archive")?;
    let mut rows = list.query([])?;
    while let Some(row) = rows.next()? {
        if outbox::waits(db, CommandId(uuid_at(row, 0)?))? {
            return Ok(true);
        }
    }
    Ok(false)
}
