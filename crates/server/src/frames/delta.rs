//! What changed after the cursor, in the scopes that the desk holds.
//!
//! A desk far behind is brought forward in steps: a frame ends at a sequence number up to which it holds
//! every change, and the next one begins there.

use std::collections::BTreeSet;

use protocol::{FRAME_RECORDS_MAX, Frame, Leave, ScopeFill, ScopeId};
use rusqlite::params;
use uuid::Uuid;

use super::{Sight, entry, image, set, whole};
use crate::store::{Error, counted, id, stored};

/// Lines of the log that bring timelines forward in one frame.
const LINES_MAX: i64 = 1_000;

/// A record whose visibility or content changed.
struct Change {
    of: Uuid,
    scope: ScopeId,
    seq: u64,
    is_whole: bool,
    is_present: bool,
}

/// Adds the changes to the frame, and lowers its end where they do not fit.
pub(super) fn delta(sight: &Sight<'_>, frame: &mut Frame) -> Result<(), Error> {
    let scopes = set(sight.held.iter().map(|held| held.scope));
    frame.to = frame.to.min(lines_end(sight)?);
    let changes = changes(sight, frame.to)?;
    let mut wholes = BTreeSet::new();
    let mut reached = frame.from;
    for change in &changes {
        if change.seq > reached && frame.put.len() >= FRAME_RECORDS_MAX {
            frame.to = reached;
            break;
        }
        reached = change.seq;
        if !change.is_present {
            leave(sight, change.of, frame)?;
        } else if change.is_whole {
            wholes.insert(change.of);
            whole(sight.conn, change.of, change.scope, &mut frame.put)?;
        } else {
            frame.put.extend(image(sight.conn, change.of, change.scope)?);
        }
    }
    entry::between(sight.conn, frame.from, frame.to, &scopes, |of| !wholes.contains(&of), &mut frame.put)
}

/// Where so many lines of timelines have been written after the cursor, or the head.
fn lines_end(sight: &Sight<'_>) -> Result<u64, Error> {
    let mut statement = sight.conn.prepare_cached(
        "SELECT MAX(seq) FROM (SELECT seq FROM event WHERE seq > ?1 ORDER BY seq LIMIT ?2)",
    )?;
    let end: Option<i64> =
        statement.query_row(params![stored(sight.request.cursor), LINES_MAX], |row| row.get(0))?;
    Ok(end.map_or(sight.head.seq, counted))
}

/// Changes up to `end`, in the order of the log.
fn changes(sight: &Sight<'_>, end: u64) -> Result<Vec<Change>, Error> {
    let mut changes = Vec::new();
    for held in &sight.held {
        changes.extend(changes_in(sight, *held, end)?);
    }
    changes.sort_by_key(|change| change.seq);
    Ok(changes)
}

/// What is in the scope by its last change, and what left it by when it did.
const CHANGES: &str = "SELECT record.id, record.rev, vis.entered, 1
     FROM record CROSS JOIN vis ON vis.of = record.id AND vis.grp = 0 AND vis.scope = record.scope
     WHERE record.scope = ?1 AND record.rev > ?2 AND record.rev <= ?3
     UNION ALL
     SELECT of, seq, entered, 0 FROM vis WHERE scope = ?1 AND present = 0 AND seq > ?2 AND seq <= ?3
     ORDER BY 2, 1";

fn changes_in(sight: &Sight<'_>, held: ScopeFill, end: u64) -> Result<Vec<Change>, Error> {
    let cursor = sight.request.cursor;
    let mut statement = sight.conn.prepare_cached(CHANGES)?;
    let rows = statement.query_map(params![held.scope.0, stored(cursor), stored(end)], |row| {
        Ok(Change {
            of: id(row, 0)?,
            scope: held.scope,
            seq: counted(row.get(1)?),
            is_whole: held.low > 0 || counted(row.get(2)?) > cursor,
            is_present: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The record leaves the desk, unless another scope of the person still shows it.
fn leave(sight: &Sight<'_>, of: Uuid, frame: &mut Frame) -> Result<(), Error> {
    let mut statement = sight.conn.prepare_cached(
        "SELECT scope FROM vis WHERE of = ?1 AND present = 1
             AND scope IN (SELECT value FROM json_each(?2)) ORDER BY scope LIMIT 1",
    )?;
    let scopes = set(sight.held.iter().map(|held| held.scope));
    if !statement.exists(params![of.into_bytes(), scopes])? {
        frame.leave.push(Leave { of });
    }
    Ok(())
}
