//! Folds every record anew after a release that folds events otherwise (§4.1): what is kept of a record is what its
//! events tell, and stands where its readers look.
//!
//! The log stays as it is, and so does when a record last changed: desks have theirs sent again when they know the new
//! folds themselves.

use std::sync::Arc;

use incident::{Records, Subject, apply};
use protocol::ScopeId;
use rusqlite::Connection;
use uuid::Uuid;

use super::Error;
use super::column::{id, number};
use super::history::events_of;
use super::record::{self, Row};
use super::scope;

/// How a record stands in the file.
struct Stored {
    scope: ScopeId,
    rev: u64,
    is_open: bool,
    doc: String,
}

/// Writes each record that its events now tell otherwise.
pub(super) fn fold_anew(conn: &Connection) -> Result<(), Error> {
    let setup = record::load_setup(conn)?;
    let mut scopes = Arc::new(scope::load(conn)?);
    for subject in subjects(conn)? {
        let id = subject.id();
        let mut folded = Records::default();
        for event in events_of(conn, id)? {
            apply(&mut folded, &event);
        }
        // One without events is for the audit to name.
        let Some(record) = folded.get(subject) else { continue };
        let stored = read(conn, id)?;
        let scope = scope::of(conn, &mut scopes, &setup, &record.audience(), id)?;
        let row = Row::of(record, scope, stored.rev)?;
        if stored.doc != row.doc || stored.is_open != row.is_open || stored.scope != scope {
            record::save(conn, &row)?;
        }
    }
    Ok(())
}

/// Every record, the configuration aside: it is kept as it was set.
fn subjects(conn: &Connection) -> Result<Vec<Subject>, Error> {
    let mut statement = conn.prepare("SELECT kind, id FROM record WHERE kind <> 'setting'")?;
    let mut rows = statement.query([])?;
    let mut subjects = Vec::new();
    while let Some(row) = rows.next()? {
        let kind = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        subjects.extend(Subject::of(kind, id(row, 1)?));
    }
    Ok(subjects)
}

fn read(conn: &Connection, id: Uuid) -> Result<Stored, Error> {
    let mut statement = conn.prepare_cached("SELECT scope, rev, open, doc FROM record WHERE id = ?1")?;
    Ok(statement.query_row([id.into_bytes()], |row| {
        Ok(Stored {
            scope: ScopeId(row.get(0)?),
            rev: number(row, 1)?,
            is_open: row.get(2)?,
            doc: row.get(3)?,
        })
    })?)
}
