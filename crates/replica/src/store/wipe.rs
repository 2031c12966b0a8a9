//! Wiping what left: no byte of it stays in the file, in its log, or in the copies kept of other histories.
//!
//! `secure_delete` overwrites the rows that are deleted, not the places where SQLite had them before it moved
//! them to another page. Only writing the whole file anew is thorough; it is asked for in the step that
//! deletes, so that a crash before it is done leaves it due.
//!
//! A copy of another history gives up all of the server's rows with the first thing that is lost: its scopes
//! have numbers of their own, so nothing tells which rows were meant. What was typed here stays in it.

use std::path::Path;

use rusqlite::Connection;

use super::{READ_MODEL_TABLES, kept};
use crate::Error;

/// Set while something that left may still be in the file.
const DUE: &str = "wipe";
/// Set while something that was lost may still be in a copy.
const COPIES_DUE: &str = "wipe_copies";

/// Asks for a wipe of the file, in the step that deletes.
pub(crate) fn ask(db: &Connection) -> Result<(), Error> {
    super::set_meta(db, DUE, "due")
}

/// Asks for a wipe of the copies too, in the step that deletes what was lost.
pub(crate) fn ask_of_copies(db: &Connection) -> Result<(), Error> {
    super::set_meta(db, COPIES_DUE, "due")
}

/// Does what was asked for: writes the file anew and empties the write-ahead log; strips the copies. Where a
/// reader or a full disk is in the way it stays due until the next frame or start.
pub(crate) fn if_due(db: &Connection, file: &Path) -> Result<(), Error> {
    if super::meta(db, COPIES_DUE)?.is_some() && settled(strip_copies(file), file) {
        super::forget_meta(db, COPIES_DUE)?;
    }
    if super::meta(db, DUE)?.is_none() {
        return Ok(());
    }
    let is_clean = db
        .execute_batch("VACUUM")
        .and_then(|()| db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)));
    match is_clean {
        Ok(0) => super::forget_meta(db, DUE),
        Ok(_) => Ok(()),
        Err(error) => {
            settled(Err(error.into()), file);
            Ok(())
        }
    }
}

fn strip_copies(file: &Path) -> Result<(), Error> {
    for (_, copy) in kept::all(file)? {
        strip(&Connection::open(copy)?)?;
    }
    Ok(())
}

fn strip(copy: &Connection) -> Result<(), Error> {
    for table in READ_MODEL_TABLES {
        copy.execute(&format!("DROP TABLE IF EXISTS {table}"), [])?;
    }
    Ok(copy.execute_batch("VACUUM")?)
}

/// Whether it went well; logged otherwise.
fn settled(wiped: Result<(), Error>, file: &Path) -> bool {
    wiped
        .inspect_err(|error| {
            let place = file.display();
            tracing::warn!(%error, "what left this desk is not wiped yet at {place}; it will be tried again");
        })
        .is_ok()
}
