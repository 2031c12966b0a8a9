//! The first frame of a desk: configuration, triage and the open board, before anything else.

use protocol::{FRAME_RECORDS_MAX, Image, Kind, ScopeId};
use rusqlite::{Connection, params};
use serde_json::value::RawValue;

use super::{entry, set};
use crate::store::{Error, counted, id};

/// Lines of each open incident's timeline in the first frame; the rest follows by filling.
const ENTRIES_FIRST: usize = 20;
/// Signals in the first frame.
const SIGNALS_FIRST: usize = 400;

/// The first frame's records: everything an open board needs, as far as it fits.
pub(super) fn board(conn: &Connection, scopes: &[ScopeId]) -> Result<Vec<Image>, Error> {
    let mut put = settings(conn, scopes)?;
    let signals = SIGNALS_FIRST.min(room(&put));
    put.extend(open(conn, scopes, Kind::SIGNAL, signals)?);
    let incidents = open(conn, scopes, Kind::INCIDENT, room(&put))?;
    let mut timelines = Vec::new();
    for incident in &incidents {
        if put.len() + incidents.len() + timelines.len() + ENTRIES_FIRST > FRAME_RECORDS_MAX {
            break;
        }
        entry::of(conn, incident.id, incident.scope, ENTRIES_FIRST, &mut timelines)?;
    }
    put.extend(incidents);
    put.extend(timelines);
    Ok(put)
}

fn room(put: &[Image]) -> usize {
    FRAME_RECORDS_MAX.saturating_sub(put.len())
}

/// All configuration in these scopes: without it no record of theirs can be read.
pub(super) fn settings(conn: &Connection, scopes: &[ScopeId]) -> Result<Vec<Image>, Error> {
    // One pass over the records: `+` keeps the planner from looking up each of a whole scope.
    let mut statement = conn.prepare_cached(
        "SELECT id, scope, rev, doc FROM record
         WHERE kind = 'setting' AND +scope IN (SELECT value FROM json_each(?1)) ORDER BY rev",
    )?;
    if scopes.is_empty() {
        return Ok(Vec::new());
    }
    images(statement.query([set(scopes.iter().copied())])?, Kind::SETTING)
}

fn open(conn: &Connection, scopes: &[ScopeId], kind: Kind, limit: usize) -> Result<Vec<Image>, Error> {
    let mut statement = conn.prepare_cached(
        "SELECT id, scope, rev, doc FROM record
         WHERE open = 1 AND kind = ?2 AND scope IN (SELECT value FROM json_each(?1))
         ORDER BY rev DESC LIMIT ?3",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    images(statement.query(params![set(scopes.iter().copied()), kind.name(), limit])?, kind)
}

fn images(mut rows: rusqlite::Rows<'_>, kind: Kind) -> Result<Vec<Image>, Error> {
    let mut images = Vec::new();
    while let Some(row) = rows.next()? {
        let of = id(row, 0)?;
        let (scope, rev) = (ScopeId(row.get(1)?), counted(row.get(2)?));
        images.push(Image { kind, id: of, of, scope, rev, doc: RawValue::from_string(row.get(3)?)? });
    }
    Ok(images)
}
