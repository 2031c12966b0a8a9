//! The outbox: commands that the server has not settled yet.

use incident::Actor;
use protocol::Envelope;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::rows::uuid_at;
use crate::Error;

/// What a waiting command is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// To be sent.
    Unsent,
    /// Sent; its outcome comes with a frame.
    Sending,
    /// The server will likely refuse it; it is sent all the same.
    Conflicting,
}

impl Waiting {
    const fn number(self) -> i64 {
        match self {
            Self::Unsent => 0,
            Self::Sending => 1,
            Self::Conflicting => 2,
        }
    }

    const fn of(number: i64) -> Self {
        match number {
            1 => Self::Sending,
            2 => Self::Conflicting,
            _ => Self::Unsent,
        }
    }
}

/// One waiting command.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) envelope: Envelope,
    pub(crate) actor: Actor,
    pub(crate) state: Waiting,
    pub(crate) tries: u32,
    pub(crate) next_try: i64,
}

impl Pending {
    /// All that wait, in their order.
    pub(crate) fn all(db: &Connection) -> Result<Vec<Self>, Error> {
        let sql = "SELECT envelope, actor, state, tries, next_try FROM outbox ORDER BY seq";
        let mut list = db.prepare_cached(sql)?;
        let rows = list.query_map([], |row| {
            let texts = (row.get::<_, String>(0)?, row.get::<_, String>(1)?);
            Ok((texts, row.get::<_, i64>(2)?, row.get(3)?, row.get(4)?))
        })?;
        rows.map(|row| {
            let ((envelope, actor), state, tries, next_try) = row?;
            let (envelope, actor) = (serde_json::from_str(&envelope)?, serde_json::from_str(&actor)?);
            Ok(Self { envelope, actor, state: Waiting::of(state), tries, next_try })
        })
        .collect()
    }

    /// Puts a command into the outbox; its place in the desk's order is the row's own number.
    pub(crate) fn add(
        db: &Connection,
        mut envelope: Envelope,
        actor: &Actor,
        subject: Option<Uuid>,
    ) -> Result<(), Error> {
        let next: i64 = db.query_row(
            "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0),
                        coalesce((SELECT max(seq) FROM archive), 0)) + 1",
            [],
            |row| row.get(0),
        )?;
        envelope.seq = u64::try_from(next).unwrap_or_default();
        let (text, actor) = (serde_json::to_string(&envelope)?, serde_json::to_string(actor)?);
        let subject = subject.map(|id| id.as_bytes().to_vec());
        db.prepare_cached(
            "INSERT INTO outbox (seq, id, envelope, actor, subject, state, tries, next_try)
             VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0)",
        )?
        .execute(params![next, envelope.id.0.as_bytes(), text, actor, subject])?;
        Ok(())
    }
}

/// Sets what a command waits for.
pub(crate) fn set_state(db: &Connection, id: Uuid, state: Waiting) -> Result<(), Error> {
    db.prepare_cached("UPDATE outbox SET state = ?2 WHERE id = ?1")?
        .execute(params![id.as_bytes(), state.number()])?;
    Ok(())
}

/// Puts off the next try of a command, with the reason.
pub(crate) fn put_off(db: &Connection, id: Uuid, next_try: i64, error: &str) -> Result<(), Error> {
    let sql = "UPDATE outbox SET state = CASE state WHEN 1 THEN 0 ELSE state END, tries = tries + 1,
               next_try = ?2, error = ?3 WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![id.as_bytes(), next_try, error])?;
    Ok(())
}

/// Lets every command be tried at once.
pub(crate) fn try_now(db: &Connection) -> Result<(), Error> {
    db.execute("UPDATE outbox SET next_try = 0", [])?;
    Ok(())
}

/// Takes a command out; returns its envelope and actor as text.
pub(crate) fn take(db: &Connection, id: Uuid) -> Result<Option<(i64, String, String)>, Error> {
    use rusqlite::OptionalExtension as _;
    let mut gone = db.prepare_cached("DELETE FROM outbox WHERE id = ?1 RETURNING seq, envelope, actor")?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    Ok(gone.query_row([id.as_bytes()], read).optional()?)
}

/// Which records have waiting commands, and how: the weightiest state of each.
pub(crate) fn marks(db: &Connection) -> Result<Vec<(Uuid, Waiting)>, Error> {
    let mut list =
        db.prepare_cached("SELECT subject, state FROM outbox WHERE subject IS NOT NULL ORDER BY state")?;
    let rows = list.query_map([], |row| Ok((uuid_at(row, 0)?, Waiting::of(row.get(1)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many wait unsent, and how many are on their way.
pub(crate) fn counts(db: &Connection) -> Result<(u32, u32), Error> {
    let sql = "SELECT count(*) FILTER (WHERE state <> 1), count(*) FILTER (WHERE state = 1) FROM outbox";
    Ok(db.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
