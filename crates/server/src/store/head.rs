//! The head of the log, and its incarnations.

use incident::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use uuid::Uuid;

use super::chain::GENESIS;
use super::column::{Hash, id, instant, number, random_id, stored};
use super::write::{Live, NEXT_NUMBER, set_marker};
use super::{Error, Store, scope};

/// Where the log stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// This incarnation of the log.
    pub epoch: Uuid,
    /// Last sequence number; 0 before the first event.
    pub seq: u64,
    /// Chain hash at it.
    pub chain: Hash,
    /// When the last event was received; never goes back.
    pub at: Timestamp,
    /// Covered by a verified backup.
    pub safe_seq: u64,
}

/// The first epoch of a new file.
pub(super) fn begin(conn: &mut Connection, now: Timestamp) -> Result<(), Error> {
    let epoch = random_id()?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute(
        "INSERT INTO log_head (id, epoch, seq, chain, at, safe_seq) VALUES (1, ?1, 0, ?2, ?3, 0)",
        params![epoch.into_bytes(), GENESIS, now.millis()],
    )?;
    tx.execute(
        "INSERT INTO epoch_log (epoch, parent, fork_seq, chain, at, reason) VALUES (?1, NULL, 0, ?2, ?3, 'begun')",
        params![epoch.into_bytes(), GENESIS, now.millis()],
    )?;
    scope::begin(&tx)?;
    tx.commit()?;
    Ok(())
}

/// The head as this connection's snapshot has it.
pub(crate) fn read_head(conn: &Connection) -> Result<Head, Error> {
    let mut statement =
        conn.prepare_cached("SELECT epoch, seq, chain, at, safe_seq FROM log_head WHERE id = 1")?;
    Ok(statement.query_row([], |row| {
        Ok(Head {
            epoch: id(row, 0)?,
            seq: number(row, 1)?,
            chain: row.get(2)?,
            at: instant(row, 3)?,
            safe_seq: number(row, 4)?,
        })
    })?)
}

/// The chain hash at `seq`, if the log has come so far.
pub(crate) fn chain_at(conn: &Connection, seq: u64) -> Result<Option<Hash>, Error> {
    if seq == 0 {
        return Ok(Some(GENESIS));
    }
    let mut statement = conn.prepare_cached("SELECT chain FROM event WHERE seq = ?1")?;
    Ok(statement.query_row([stored(seq)], |row| row.get(0)).optional()?)
}

/// How long after a restore what is unknown may still come from a desk, in milliseconds: a week, so that one
/// that was off over a weekend is waited for.
const RECOVERY_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Numbers of incidents left out at a restore: no number that a desk or a client knows is given twice.
const NUMBERS_SKIPPED: u32 = 1_000;

/// This epoch forked off another: commands of desks may be missing from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recovery {
    /// When the backup was put back.
    begun_at: Timestamp,
    /// When the last line that the backup knew was received.
    pub(super) known_at: Timestamp,
}

impl Recovery {
    /// Whether what is missing may still come.
    pub(super) const fn is_under_way(self, now: Timestamp) -> bool {
        now.since(self.begun_at) < RECOVERY_MS
    }
}

/// What this epoch recovers from, if it forked off another.
pub(super) fn recovery(conn: &Connection, epoch: Uuid) -> Result<Option<Recovery>, Error> {
    let mut statement = conn.prepare_cached(
        "SELECT epoch_log.at, COALESCE(event.received, epoch_log.at)
         FROM epoch_log LEFT JOIN event ON event.seq = epoch_log.fork_seq
         WHERE epoch_log.epoch = ?1 AND epoch_log.parent IS NOT NULL",
    )?;
    let found = statement.query_row([epoch.into_bytes()], |row| {
        Ok(Recovery { begun_at: instant(row, 0)?, known_at: instant(row, 1)? })
    });
    Ok(found.optional()?)
}

impl Store {
    /// Begins a new incarnation at the present head: after a backup was put back. Desks that knew more
    /// find out, and send again what they still hold. Sessions end: one that ended after the backup would
    /// live again otherwise.
    pub fn begin_epoch(&mut self, reason: &str, now: Timestamp) -> Result<Uuid, Error> {
        let epoch = random_id()?;
        let head = self.live.head;
        let now = now.max(head.at);
        let next_number = self.live.next_number.saturating_add(NUMBERS_SKIPPED);
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute(
            "INSERT INTO epoch_log (epoch, parent, fork_seq, chain, at, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                epoch.into_bytes(),
                head.epoch.into_bytes(),
                stored(head.seq),
                head.chain,
                now.millis(),
                reason
            ],
        )?;
        tx.execute("UPDATE log_head SET epoch = ?1 WHERE id = 1", [epoch.into_bytes()])?;
        tx.execute("DELETE FROM session", [])?;
        set_marker(&tx, NEXT_NUMBER, &next_number.to_string())?;
        tx.commit()?;
        self.live = Live::load(&self.conn)?;
        Ok(epoch)
    }
}
