//! The one file: outbox, before-images, records, cursor and search, so that each step is one transaction.

pub(crate) mod aside;
pub(crate) mod kept;
pub(crate) mod outbox;
pub(crate) mod rows;
pub(crate) mod settled;
pub(crate) mod wipe;

use std::path::Path;

use incident::Records;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};

pub(crate) use outbox::{Outlook, Pending, Waiting};
pub(crate) use rows::Row;
pub(crate) use settled::Attended;

use crate::Error;

/// Its name in the folder of a person's copy.
pub(crate) const FILE: &str = "replica.db";
/// First SQLite without the fault that may corrupt a write-ahead log.
const SQLITE_MIN: i32 = 3_051_003;
/// The version of what exists on this computer alone.
const SCHEMA: i64 = 1;
/// The version of what the server can send again.
const READ_MODEL: &str = "2";
/// Its tables.
const READ_MODEL_TABLES: [&str; 5] = ["record", "search", "undo", "scope_state", "touch"];
/// The kinds of records that the release knew which had the file open last, and how it folded them.
const KINDS: &str = "kinds";
/// Raised where the same events fold to another record than they did.
const FOLDS: &str = "4";
/// Set while rows are missing or of an abandoned history, until the first frame that replaces them all.
pub(crate) const ABANDONED: &str = "abandoned";

/// Opens the file for writing, and makes it when it is new.
pub(crate) fn open(path: &Path) -> Result<Connection, Error> {
    if rusqlite::version_number() < SQLITE_MIN {
        return Err(Error::OldSqlite { found: rusqlite::version().to_owned() });
    }
    let db = Connection::open(path)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA busy_timeout = 5000;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -32768;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    let found: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match found {
        0 => {
            let tx = db.unchecked_transaction()?;
            tx.execute_batch(include_str!("store/precious.sql"))?;
            tx.pragma_update(None, "user_version", SCHEMA)?;
            tx.commit()?;
        }
        SCHEMA => {}
        found => return Err(Error::NewerFile { found }),
    }
    if meta(&db, "read_model")?.as_deref() != Some(READ_MODEL) {
        renew_read_model(&db)?;
    }
    read_when_logged(&db)?;
    db.execute_batch(include_str!("store/indexes.sql"))?;
    fill_again_for_new_records(&db)?;
    Ok(db)
}

/// A release that knows other kinds of records than the one before it leaves rows alone that it could have
/// read, and one that folds them otherwise reads what is no more so: every scope is filled again from where this copy
/// is.
fn fill_again_for_new_records(db: &Connection) -> Result<(), Error> {
    let kinds = format!("{} {FOLDS}", Records::KINDS.join(" "));
    if meta(db, KINDS)?.as_deref() == Some(kinds.as_str()) {
        return Ok(());
    }
    let tx = db.unchecked_transaction()?;
    // One above the cursor, so that the newest change is met too.
    tx.execute(
        "UPDATE scope_state SET low = 1 + (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'cursor')
         WHERE EXISTS (SELECT 1 FROM meta WHERE key = 'cursor')",
        [],
    )?;
    set_meta(&tx, KINDS, &kinds)?;
    Ok(tx.commit()?)
}

/// Gives the rows of an earlier release the column that says when an incident was logged.
fn read_when_logged(db: &Connection) -> Result<(), Error> {
    let column = "SELECT 1 FROM pragma_table_info('record') WHERE name = 'logged_at'";
    if db.prepare(column)?.exists([])? {
        return Ok(());
    }
    let tx = db.unchecked_transaction()?;
    tx.execute_batch(include_str!("store/logged_at.sql"))?;
    Ok(tx.commit()?)
}

/// Rows of another shape go, in one step; the next frame brings them back, and what waits is done on top.
fn renew_read_model(db: &Connection) -> Result<(), Error> {
    let tx = db.unchecked_transaction()?;
    for table in READ_MODEL_TABLES {
        tx.execute(&format!("DROP TABLE IF EXISTS {table}"), [])?;
    }
    tx.execute_batch(include_str!("store/read_model.sql"))?;
    forget_place(&tx)?;
    set_meta(&tx, "read_model", READ_MODEL)?;
    Ok(tx.commit()?)
}

/// Forgets where in which history this copy is: the next frame replaces every row.
pub(crate) fn forget_place(db: &Connection) -> Result<(), Error> {
    db.execute("DELETE FROM meta WHERE key IN ('epoch', 'cursor', 'chain', 'remaining')", [])?;
    set_meta(db, ABANDONED, "yes")
}

/// The folder of a person's copy, for its owner alone: it holds what clients said.
pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    // Elsewhere the folder of a person's data is theirs alone as it is.
    #[cfg(unix)]
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Opens the file for reading beside the writer.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.execute_batch("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA busy_timeout = 5000;")?;
    Ok(db)
}

/// A small fact by name.
pub(crate) fn meta(db: &Connection, key: &str) -> Result<Option<String>, Error> {
    let mut found = db.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(found.query_row([key], |row| row.get(0)).optional()?)
}

/// Sets a small fact.
pub(crate) fn set_meta(db: &Connection, key: &str, value: &str) -> Result<(), Error> {
    db.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
        .execute(params![key, value])?;
    Ok(())
}

/// Forgets a small fact.
pub(crate) fn forget_meta(db: &Connection, key: &str) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key])?;
    Ok(())
}
