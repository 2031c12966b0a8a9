//! Connections to the one file: a single writer, and a pool of readers.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::Error;

/// First SQLite without the fault that may corrupt a write-ahead log.
const SQLITE_MIN: i32 = 3_051_003;
/// How long a look waits for whoever writes.
const PATIENCE: Duration = Duration::from_secs(5);
/// Readers kept open between requests.
const IDLE_MAX: usize = 8;

/// The connection that writes.
pub(super) fn writer(file: &Path) -> Result<Connection, Error> {
    if rusqlite::version_number() < SQLITE_MIN {
        return Err(Error::OldSqlite { found: rusqlite::version().to_owned() });
    }
    let conn = Connection::open(file)?;
    conn.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA busy_timeout = 5000;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -65536;
         PRAGMA wal_autocheckpoint = 4000;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    conn.set_prepared_statement_cache_capacity(96);
    Ok(conn)
}

/// Whether a file is a desk's; looks at it and changes nothing.
pub(super) fn holds_log(file: &Path) -> Result<bool, Error> {
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.busy_timeout(PATIENCE)?;
    let found = "SELECT count(*) FROM sqlite_schema WHERE name = 'log_head'";
    Ok(conn.query_row(found, [], |row| row.get::<_, i64>(0))? > 0)
}

/// Forgets the sizes that the planner once noted of the tables: a desk that was small then and is large now
/// would scan where an index leads straight to the row. Without them it goes by the indexes.
pub(super) fn forget_sizes(conn: &Connection) -> Result<(), Error> {
    let noted = "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'";
    if conn.query_row(noted, [], |row| row.get::<_, i64>(0))? > 0 {
        conn.execute_batch("DELETE FROM sqlite_stat1; ANALYZE sqlite_schema;")?;
    }
    Ok(())
}

/// Read-only connections, opened when needed and kept.
#[derive(Debug)]
pub struct Readers {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(file: PathBuf) -> Self {
        Self { file, idle: Mutex::new(Vec::new()) }
    }

    /// Reads in one snapshot.
    pub fn snapshot<T, E: From<Error>>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let conn = match kept {
            Some(conn) => conn,
            None => open(&self.file)?,
        };
        let found = {
            let tx = conn.unchecked_transaction().map_err(Error::from)?;
            read(&tx)
        };
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE_MAX {
            idle.push(conn);
        }
        found
    }
}

fn open(file: &Path) -> Result<Connection, Error> {
    let conn = Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
    )?;
    conn.execute_batch(
        "PRAGMA query_only = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON;
         PRAGMA mmap_size = 0;
         PRAGMA busy_timeout = 5000;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16384;",
    )?;
    conn.set_prepared_statement_cache_capacity(48);
    Ok(conn)
}
