//! One write transaction: everything in it is there, or nothing of it.

use std::sync::Arc;

use incident::{Setup, Timestamp};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::column::stored;
use super::head::{Head, Recovery, read_head, recovery};
use super::scope::{self, Scopes};
use super::{Error, Store, record};

pub(super) const NEXT_NUMBER: &str = "next_number";

/// What the writer keeps at hand; follows from the file, and goes back with a transaction that fails.
#[derive(Debug, Clone)]
pub(super) struct Live {
    pub(super) head: Head,
    pub(super) setup: Arc<Setup>,
    pub(super) scopes: Arc<Scopes>,
    pub(super) next_number: u32,
    pub(super) recovery: Option<Recovery>,
}

impl Live {
    pub(super) fn load(conn: &Connection) -> Result<Self, Error> {
        let head = read_head(conn)?;
        let next_number = marker(conn, NEXT_NUMBER)?.and_then(|text| text.parse().ok()).unwrap_or(1);
        Ok(Self {
            head,
            setup: Arc::new(record::load_setup(conn)?),
            scopes: Arc::new(scope::load(conn)?),
            next_number,
            recovery: recovery(conn, head.epoch)?,
        })
    }
}

/// A write transaction under way.
#[derive(Debug)]
pub struct Writing<'store> {
    pub(super) conn: &'store Connection,
    pub(super) live: Live,
    /// The server's time of this transaction; never before that of the last event.
    pub(super) now: Timestamp,
    /// Whether this process alone holds the log; beside a running server nothing is appended.
    pub(super) owns_log: bool,
}

impl Store {
    /// Runs `work` in one transaction: committed where it returns `Ok`, undone where it does not.
    pub fn write<T, E: From<Error>>(
        &mut self,
        now: Timestamp,
        work: impl FnOnce(&mut Writing<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(Error::from)?;
        let live = self.live.clone();
        let owns_log = self.lock.is_some();
        let mut writing = Writing { conn: &tx, now: now.max(live.head.at), live, owns_log };
        let done = work(&mut writing)?;
        let live = writing.settle(&self.live)?;
        tx.commit().map_err(Error::from)?;
        self.live = live;
        Ok(done)
    }

    /// A small fact kept by name.
    pub fn marker(&self, key: &str) -> Result<Option<String>, Error> {
        marker(&self.conn, key)
    }

    /// The number the next incident gets.
    pub const fn next_number(&self) -> u32 {
        self.live.next_number
    }
}

impl Writing<'_> {
    /// Keeps a small fact by name, in this transaction.
    pub fn set_marker(&self, key: &str, value: &str) -> Result<(), Error> {
        set_marker(self.conn, key, value)
    }

    /// Moves the transaction's time on, for histories told as they happened; never back.
    pub fn move_to(&mut self, now: Timestamp) {
        self.now = self.now.max(now);
    }

    /// The configuration in force inside this transaction.
    pub fn setup(&self) -> &Setup {
        &self.live.setup
    }

    /// The server's time of this transaction.
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    pub(crate) const fn connection(&self) -> &Connection {
        self.conn
    }

    fn settle(self, before: &Live) -> Result<Live, Error> {
        if self.live.head != before.head {
            let head = &self.live.head;
            self.conn
                .prepare_cached("UPDATE log_head SET seq = ?1, chain = ?2, at = ?3 WHERE id = 1")?
                .execute(params![stored(head.seq), head.chain, head.at.millis()])?;
        }
        if self.live.next_number != before.next_number {
            self.set_marker(NEXT_NUMBER, &self.live.next_number.to_string())?;
        }
        Ok(self.live)
    }
}

pub(super) fn set_marker(conn: &Connection, key: &str, value: &str) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO marker (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute([key, value])?;
    Ok(())
}

fn marker(conn: &Connection, key: &str) -> Result<Option<String>, Error> {
    let mut statement = conn.prepare_cached("SELECT value FROM marker WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}
