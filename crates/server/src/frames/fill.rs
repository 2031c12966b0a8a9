//! Filling: whole records downwards from the mark, newest change first.
//!
//! A record that changes while its scope fills jumps above the cursor and arrives whole as a change; one
//! that stays where it is will be met on the way down.

use protocol::{Fill, Frame, ScopeId};
use rusqlite::params;
use uuid::Uuid;

use super::{Sight, whole};
use crate::store::{Error, counted, id, stored};

/// The next page of the scope whose mark is highest; `None` where every scope is full.
pub(super) fn page(sight: &Sight<'_>, room: usize) -> Result<Option<Fill>, Error> {
    let Some(held) = sight.held.iter().filter(|held| held.low > 0).max_by_key(|held| held.low) else {
        return Ok(None);
    };
    let mut fill = Fill { scope: held.scope, low: 0, put: Vec::new() };
    let mut statement = sight.conn.prepare_cached(
        "SELECT id, rev FROM record WHERE scope = ?1 AND rev <= ?2 ORDER BY rev DESC, id DESC",
    )?;
    // A mark above the cursor is no mark of ours.
    let low = held.low.min(sight.request.cursor);
    let mut rows = statement.query(params![held.scope.0, stored(low)])?;
    let mut reached = u64::MAX;
    while let Some(row) = rows.next()? {
        let (of, seq): (Uuid, u64) = (id(row, 0)?, counted(row.get(1)?));
        if seq < reached && fill.put.len() >= room {
            fill.low = reached - 1;
            break;
        }
        reached = seq;
        whole(sight.conn, of, held.scope, &mut fill.put)?;
    }
    Ok(Some(fill))
}

/// How many records are still to come after this frame.
pub(super) fn remaining(sight: &Sight<'_>, frame: &Frame) -> Result<u64, Error> {
    let mut remaining = 0;
    for held in &sight.held {
        let low = match &frame.fill {
            Some(fill) if fill.scope == held.scope => fill.low,
            Some(_) | None => held.low,
        };
        remaining += below(sight, held.scope, low)?;
    }
    for scope in &sight.grant {
        remaining += below(sight, *scope, frame.to)?;
    }
    Ok(remaining)
}

fn below(sight: &Sight<'_>, scope: ScopeId, low: u64) -> Result<u64, Error> {
    if low == 0 {
        return Ok(0);
    }
    let mut statement =
        sight.conn.prepare_cached("SELECT COUNT(*) FROM record WHERE scope = ?1 AND rev <= ?2")?;
    Ok(counted(statement.query_row(params![scope.0, stored(low)], |row| row.get(0))?))
}
