//! Wiping what left: no byte of it stays in the file or in its log.
//!
//! `secure_delete` overwrites the rows that are deleted, not the places where SQLite had them before it moved
//! them to another page. Only writing the whole file anew is thorough; it is asked for in the step that
//! deletes, so that a crash before it is done leaves it due.

use rusqlite::Connection;

use crate::Error;

/// Set while something that left may still be in the file.
const DUE: &str = "wipe";

/// Asks for a wipe, in the step that deletes.
pub(crate) fn ask(db: &Connection) -> Result<(), Error> {
    super::set_meta(db, DUE, "due")
}

/// Writes the file anew where that was asked for, and empties the write-ahead log. Where a reader or a full
/// disk is in the way it stays due until the next frame or start.
pub(crate) fn if_due(db: &Connection) -> Result<(), Error> {
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
            tracing::warn!(%error, "what left this desk is not wiped yet; it will be tried again");
            Ok(())
        }
    }
}
