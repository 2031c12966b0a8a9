//! Lines of timelines, read from the log itself.

use incident::CommandId;
use protocol::record_id::entry_id;
use protocol::{Image, Kind, ScopeId};
use rusqlite::{Connection, Row, params};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::store::{Error, counted, id, stored};

/// Lines of one timeline in a frame; older ones stay on the server.
pub(super) const ENTRIES_MAX: usize = 1_000;

/// The newest lines of one incident.
pub(super) fn of(
    conn: &Connection,
    incident: Uuid,
    scope: ScopeId,
    limit: usize,
    put: &mut Vec<Image>,
) -> Result<(), Error> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, command, idx, body, subject FROM event
         WHERE subject = ?1 AND body IS NOT NULL ORDER BY subject_rev DESC LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![incident.into_bytes(), limit])?;
    while let Some(row) = rows.next()? {
        put.push(entry(row, scope)?);
    }
    Ok(())
}

/// The lines written after `from`, up to `to`, of incidents in `scopes` (a JSON list).
pub(super) fn between(
    conn: &Connection,
    from: u64,
    to: u64,
    scopes: &str,
    is_wanted: impl Fn(Uuid) -> bool,
    put: &mut Vec<Image>,
) -> Result<(), Error> {
    let mut statement = conn.prepare_cached(
        "SELECT event.seq, event.command, event.idx, event.body, event.subject, record.scope
         FROM event CROSS JOIN record ON record.id = event.subject
         WHERE event.seq > ?1 AND event.seq <= ?2 AND event.subject_kind = 'incident'
             AND event.body IS NOT NULL AND record.scope IN (SELECT value FROM json_each(?3))
         ORDER BY event.seq",
    )?;
    let mut rows = statement.query(params![stored(from), stored(to), scopes])?;
    while let Some(row) = rows.next()? {
        if is_wanted(id(row, 4)?) {
            put.push(entry(row, ScopeId(row.get(5)?))?);
        }
    }
    Ok(())
}

fn entry(row: &Row<'_>, scope: ScopeId) -> Result<Image, Error> {
    let command = CommandId(id(row, 1)?);
    let place = usize::try_from(counted(row.get(2)?)).unwrap_or(usize::MAX);
    Ok(Image {
        kind: Kind::ENTRY,
        id: entry_id(command, place),
        of: id(row, 4)?,
        scope,
        rev: counted(row.get(0)?),
        doc: RawValue::from_string(row.get(3)?)?,
    })
}
