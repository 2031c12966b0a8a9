//! Settled commands: accepted ones in the archive, refused ones in attention; and drafts.

use incident::{CommandId, Refusal, Timestamp};
use protocol::Envelope;
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use super::outbox;
use crate::Error;

/// A refused command.
#[derive(Debug, Clone)]
pub(crate) struct Attended {
    pub(crate) envelope: Envelope,
    pub(crate) refusal: Refusal,
    pub(crate) at: Timestamp,
}

/// Moves an accepted command from the outbox to the archive.
pub(crate) fn accepted(db: &Connection, id: CommandId, epoch: Uuid, log_seq: u64) -> Result<(), Error> {
    let Some((seq, envelope, actor)) = outbox::take(db, id)? else { return Ok(()) };
    let log_seq = i64::try_from(log_seq).unwrap_or(i64::MAX);
    db.prepare_cached(
        "INSERT OR REPLACE INTO archive (seq, id, envelope, actor, epoch, log_seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![seq, id.0.as_bytes(), envelope, actor, epoch.as_bytes(), log_seq])?;
    Ok(())
}

/// Moves a refused command from the outbox to attention, words and all.
pub(crate) fn refused(
    db: &Connection,
    id: CommandId,
    refusal: &Refusal,
    now: Timestamp,
) -> Result<bool, Error> {
    let Some((_, envelope, _)) = outbox::take(db, id)? else { return Ok(false) };
    attend(db, id, &envelope, &serde_json::to_string(refusal)?, now)?;
    Ok(true)
}

/// Puts a command into attention, with its words and why it did not count.
pub(super) fn attend(
    db: &Connection,
    id: CommandId,
    envelope: &str,
    refusal: &str,
    at: Timestamp,
) -> Result<(), Error> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO attention (id, envelope, refusal, at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![id.0.as_bytes(), envelope, refusal, at.millis()])?;
    Ok(())
}

/// Forgets archived commands that a backup covers.
pub(crate) fn prune_archive(db: &Connection, safe: u64) -> Result<(), Error> {
    let safe = i64::try_from(safe).unwrap_or(i64::MAX);
    db.prepare_cached("DELETE FROM archive WHERE log_seq <= ?1")?.execute([safe])?;
    Ok(())
}

/// Puts archived commands of another history back into the outbox, ids and order kept.
pub(crate) fn unarchive(db: &Connection) -> Result<(), Error> {
    db.execute(
        "INSERT OR IGNORE INTO outbox (seq, id, envelope, actor, state, conflict, sent, failures, next_try)
         SELECT seq, id, envelope, actor, 0, 0, 1, 0, 0 FROM archive",
        [],
    )?;
    db.execute("DELETE FROM archive", [])?;
    Ok(())
}

/// Refused commands, newest first.
pub(crate) fn attention(db: &Connection) -> Result<Vec<Attended>, Error> {
    let mut list =
        db.prepare_cached("SELECT envelope, refusal, at FROM attention ORDER BY at DESC LIMIT 500")?;
    let rows = list.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
    })?;
    rows.map(|row| {
        let (envelope, refusal, at) = row?;
        let (envelope, refusal) = (serde_json::from_str(&envelope)?, serde_json::from_str(&refusal)?);
        Ok(Attended { envelope, refusal, at: Timestamp::from_millis(at) })
    })
    .collect()
}

/// The person has dealt with it.
pub(crate) fn settle(db: &Connection, id: CommandId) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM attention WHERE id = ?1")?.execute([id.0.as_bytes()])?;
    Ok(())
}

/// How many refused commands wait for a look.
pub(crate) fn attention_count(db: &Connection) -> Result<u32, Error> {
    Ok(db.prepare_cached("SELECT count(*) FROM attention")?.query_row([], |row| row.get(0))?)
}

/// Keeps what is being typed; an empty body forgets it.
pub(crate) fn save_draft(db: &Connection, key: &str, body: &str, now: Timestamp) -> Result<(), Error> {
    if body.is_empty() {
        db.prepare_cached("DELETE FROM draft WHERE key = ?1")?.execute([key])?;
    } else {
        db.prepare_cached("INSERT OR REPLACE INTO draft (key, body, at) VALUES (?1, ?2, ?3)")?
            .execute(params![key, body, now.millis()])?;
    }
    Ok(())
}

/// What was being typed.
pub(crate) fn draft(db: &Connection, key: &str) -> Result<Option<String>, Error> {
    Ok(db
        .prepare_cached("SELECT body FROM draft WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}
