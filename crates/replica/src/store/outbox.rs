//! The outbox: commands that the server has not settled yet, and what each of them looks at.

use incident::{Actor, CommandId, Incident};
use protocol::{Envelope, FORMER_NUMBERS_MAX, Kind};
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use super::rows::{Row, uuid_at};
use crate::Error;
use crate::live::readable;

/// What a waiting command is waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// To be sent.
    Unsent,
    /// Handed to the line; nobody knows whether it arrived.
    Sending,
    /// The server has it; its outcome comes with a frame.
    Answered,
}

impl Waiting {
    const fn of(number: i64) -> Self {
        match number {
            0 => Self::Unsent,
            1 => Self::Sending,
            _ => Self::Answered,
        }
    }
}

/// Whether a command still fits the records as they stand here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outlook {
    /// It does.
    Fits,
    /// The server will likely refuse it; it is sent all the same.
    Conflicting,
}

impl Outlook {
    const fn of(conflict: bool) -> Self {
        if conflict { Self::Conflicting } else { Self::Fits }
    }

    const fn number(self) -> i64 {
        match self {
            Self::Fits => 0,
            Self::Conflicting => 1,
        }
    }
}

/// One waiting command.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) seq: i64,
    pub(crate) envelope: Envelope,
    pub(crate) actor: Actor,
    pub(crate) state: Waiting,
    pub(crate) outlook: Outlook,
    pub(crate) sent: u32,
    pub(crate) next_try: i64,
}

impl Pending {
    /// All that wait, in their order.
    pub(crate) fn all(db: &Connection) -> Result<Vec<Self>, Error> {
        let sql = "SELECT seq, envelope, actor, state, conflict, sent, next_try FROM outbox ORDER BY seq";
        let mut list = db.prepare_cached(sql)?;
        let mut rows = list.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(Self {
                seq: row.get(0)?,
                envelope: serde_json::from_str(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?,
                actor: serde_json::from_str(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?,
                state: Waiting::of(row.get(3)?),
                outlook: Outlook::of(row.get(4)?),
                sent: row.get(5)?,
                next_try: row.get(6)?,
            });
        }
        Ok(all)
    }

    /// Puts a command into the outbox at its place in the desk's order; numbers are never used twice.
    pub(crate) fn add(db: &Connection, envelope: &Envelope, actor: &Actor) -> Result<i64, Error> {
        let seq = i64::try_from(envelope.seq).unwrap_or(i64::MAX);
        let (text, actor) = (serde_json::to_string(envelope)?, serde_json::to_string(actor)?);
        db.prepare_cached(
            "INSERT INTO outbox (seq, id, envelope, actor, state, conflict, sent, failures, next_try)
             VALUES (?1, ?2, ?3, ?4, 0, 0, 0, 0, 0)",
        )?
        .execute(params![seq, envelope.id.0.as_bytes(), text, actor])?;
        Ok(seq)
    }
}

/// The next place in the desk's order.
pub(crate) fn next_seq(db: &Connection) -> Result<u64, Error> {
    let sql = "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0),
                          coalesce((SELECT max(seq) FROM archive), 0)) + 1";
    let next: i64 = db.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(u64::try_from(next).unwrap_or_default())
}

/// Commands that wait, however they do.
pub(crate) fn len(db: &Connection) -> Result<u32, Error> {
    Ok(db.prepare_cached("SELECT count(*) FROM outbox")?.query_row([], |row| row.get(0))?)
}

/// Notes what a command looks at or writes.
pub(crate) fn touch(db: &Connection, seq: i64, kind: Kind, id: Uuid) -> Result<(), Error> {
    db.prepare_cached("INSERT OR IGNORE INTO touch (seq, kind, id) VALUES (?1, ?2, ?3)")?
        .execute(params![seq, kind.name(), id.as_bytes()])?;
    Ok(())
}

/// Whether a pending command looks at or writes this record.
pub(crate) fn is_touched(db: &Connection, kind: Kind, id: Uuid) -> Result<bool, Error> {
    let mut any = db.prepare_cached("SELECT 1 FROM touch WHERE kind = ?1 AND id = ?2")?;
    Ok(any.exists(params![kind.name(), id.as_bytes()])?)
}

/// Whether this command waits here.
pub(crate) fn waits(db: &Connection, id: CommandId) -> Result<bool, Error> {
    Ok(db.prepare_cached("SELECT 1 FROM outbox WHERE id = ?1")?.exists([id.0.as_bytes()])?)
}

/// Hands a command to the line: from now on the server may have it.
pub(crate) fn hand_over(db: &Connection, seq: i64, ask_again: i64) -> Result<(), Error> {
    let sql = "UPDATE outbox SET state = CASE state WHEN 0 THEN 1 ELSE state END, sent = sent + 1,
               next_try = ?2 WHERE seq = ?1";
    db.prepare_cached(sql)?.execute(params![seq, ask_again])?;
    Ok(())
}

/// The server has it; until a frame settles it, it is asked for again at `ask_again`.
pub(crate) fn answered(db: &Connection, id: CommandId, ask_again: i64) -> Result<(), Error> {
    let sql = "UPDATE outbox SET state = 2, failures = 0, next_try = ?2, error = NULL WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![id.0.as_bytes(), ask_again])?;
    Ok(())
}

/// Failed tries in a row.
pub(crate) fn failures(db: &Connection, id: CommandId) -> Result<u32, Error> {
    let mut found = db.prepare_cached("SELECT failures FROM outbox WHERE id = ?1")?;
    Ok(found.query_row([id.0.as_bytes()], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Puts off the next try of a command, with the reason.
pub(crate) fn put_off(db: &Connection, id: CommandId, next_try: i64, error: &str) -> Result<(), Error> {
    let sql = "UPDATE outbox SET state = 0, failures = failures + 1, next_try = ?2, error = ?3 WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![id.0.as_bytes(), next_try, error])?;
    Ok(())
}

/// Lets every command be tried at once.
pub(crate) fn try_now(db: &Connection) -> Result<(), Error> {
    db.execute(
        "UPDATE outbox SET next_try = 0, failures = 0, state = CASE state WHEN 1 THEN 0 ELSE state END",
        [],
    )?;
    Ok(())
}

/// Notes with each command that logs an incident the numbers that people know it by, as long as the rows of the history
/// that ended say them: the next one gives it another (decision 246).
pub(crate) fn note_former_numbers(db: &Connection) -> Result<(), Error> {
    for Pending { seq, mut envelope, .. } in Pending::all(db)? {
        let Some(id) = envelope.command.logs() else { continue };
        let row = Row::read(db, Kind::INCIDENT, id.0)?;
        let Some(known) = row.and_then(|row| readable::<Incident>(&row.doc)) else { continue };
        let mut numbers = known.former_numbers;
        numbers.extend(known.number);
        envelope.former_numbers = numbers.into_iter().rev().take(FORMER_NUMBERS_MAX).collect();
        db.prepare_cached("UPDATE outbox SET envelope = ?2 WHERE seq = ?1")?
            .execute(params![seq, serde_json::to_string(&envelope)?])?;
    }
    Ok(())
}

/// Notes whether a command still fits.
pub(crate) fn set_outlook(db: &Connection, seq: i64, outlook: Outlook) -> Result<(), Error> {
    db.prepare_cached("UPDATE outbox SET conflict = ?2 WHERE seq = ?1")?
        .execute(params![seq, outlook.number()])?;
    Ok(())
}

/// Takes a command out; returns its place, envelope and actor as text.
pub(crate) fn take(db: &Connection, id: CommandId) -> Result<Option<(i64, String, String)>, Error> {
    let mut gone = db.prepare_cached("DELETE FROM outbox WHERE id = ?1 RETURNING seq, envelope, actor")?;
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let taken: Option<(i64, String, String)> = gone.query_row([id.0.as_bytes()], read).optional()?;
    if let Some((seq, _, _)) = &taken {
        db.prepare_cached("DELETE FROM touch WHERE seq = ?1")?.execute([seq])?;
    }
    Ok(taken)
}

/// Which records have waiting commands, and how: each record once, with its weightiest state.
pub(crate) fn marks(db: &Connection) -> Result<Vec<(Uuid, Waiting, Outlook)>, Error> {
    let sql = "SELECT t.id, min(o.state), max(o.conflict) FROM touch t JOIN outbox o ON o.seq = t.seq
               WHERE t.kind IN ('incident', 'signal') GROUP BY t.id, t.kind ORDER BY t.id";
    let mut list = db.prepare_cached(sql)?;
    let rows =
        list.query_map([], |row| Ok((uuid_at(row, 0)?, Waiting::of(row.get(1)?), Outlook::of(row.get(2)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many wait unsent, and how many are on their way.
pub(crate) fn counts(db: &Connection) -> Result<(u32, u32), Error> {
    let sql = "SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state <> 0) FROM outbox";
    Ok(db.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
