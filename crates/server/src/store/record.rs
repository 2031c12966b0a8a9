//! The read model: records as documents, and their visibility.

use incident::command::LookUp;
use incident::event::Subject;
use incident::{Alike, IncidentId, Likeness, RecordRef, Records, Setting, Setup, Timestamp};
use protocol::record_id::setting_id;
use protocol::{Kind, ScopeId};
use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::Error;
use super::column::{id, stored};

/// One record as it is written.
pub(super) struct Row {
    pub(super) kind: Kind,
    pub(super) id: Uuid,
    pub(super) scope: ScopeId,
    pub(super) rev: u64,
    pub(super) is_open: bool,
    pub(super) likeness: Option<Likeness>,
    pub(super) logged_at: Option<Timestamp>,
    pub(super) doc: String,
}

impl Row {
    /// That of a record as it stands.
    pub(super) fn of(record: RecordRef<'_>, scope: ScopeId, rev: u64) -> Result<Self, Error> {
        let subject = record.subject();
        Ok(Self {
            kind: Kind::of(subject),
            id: subject.id(),
            scope,
            rev,
            is_open: record.is_open(),
            likeness: record.likeness(),
            logged_at: record.logged_at(),
            doc: record.document()?,
        })
    }
}

pub(crate) fn load<Doc: DeserializeOwned>(
    conn: &Connection,
    kind: Kind,
    id: Uuid,
) -> Result<Option<Doc>, Error> {
    Ok(document(conn, kind, id)?.map(|doc| serde_json::from_str(&doc)).transpose()?)
}

fn document(conn: &Connection, kind: Kind, id: Uuid) -> Result<Option<String>, Error> {
    let mut statement = conn.prepare_cached("SELECT doc FROM record WHERE id = ?1 AND kind = ?2")?;
    Ok(statement.query_row(params![id.into_bytes(), kind.name()], |row| row.get(0)).optional()?)
}

/// Loads what an event or command is about, unless it is there; settings are always at hand.
pub(crate) fn load_subject(conn: &Connection, records: &mut Records, subject: Subject) -> Result<(), Error> {
    if records.get(subject).is_some() {
        return Ok(());
    }
    if let Some(doc) = document(conn, Kind::of(subject), subject.id())? {
        records.insert(subject, &doc)?;
    }
    Ok(())
}

/// Loads every record that is alike within a stretch of time.
pub(crate) fn load_alike(conn: &Connection, records: &mut Records, alike: &Alike) -> Result<(), Error> {
    let sql = "SELECT kind, id, doc FROM record WHERE likeness = ?1 AND alike_at BETWEEN ?2 AND ?3";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params![alike.key, alike.from.millis(), alike.until.millis()])?;
    while let Some(row) = rows.next()? {
        let kind = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        let Some(subject) = Subject::of(kind, id(row, 1)?) else { continue };
        if records.get(subject).is_none() {
            records.insert(subject, row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)?;
        }
    }
    Ok(())
}

/// Incidents by when they were logged.
const LOGGED: &str = "SELECT id, doc FROM record
     WHERE kind = 'incident' AND logged_at >= ?1 AND logged_at < ?2
         AND (?3 IS NULL OR json_extract(doc, '$.entry.client') = ?3)
     LIMIT ?4";

/// Loads what a command looks at beside the records that it names; whether there may be more than it asks for.
pub(crate) fn load_look_up(
    conn: &Connection,
    records: &mut Records,
    look_up: &LookUp,
) -> Result<bool, Error> {
    match look_up {
        LookUp::Alike(alike) => load_alike(conn, records, alike).map(|()| false),
        LookUp::Logged { from, until, client, limit } => {
            let client = client.map(|client| client.to_string());
            let mut statement = conn.prepare_cached(LOGGED)?;
            let mut rows = statement.query(params![from.millis(), until.millis(), client, limit])?;
            let mut found: u32 = 0;
            while let Some(row) = rows.next()? {
                found = found.saturating_add(1);
                let subject = Subject::Incident(IncidentId(id(row, 0)?));
                if records.get(subject).is_none() {
                    records.insert(subject, row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
                }
            }
            Ok(found >= *limit)
        }
    }
}

/// Records to look at again: those that changed after a line of the log, or all that are open at its beginning
/// and whenever the configuration changed.
pub(crate) fn changed_since(conn: &Connection, seq: u64) -> Result<Vec<Subject>, Error> {
    let is_configured = conn
        .prepare_cached("SELECT 1 FROM event WHERE seq > ?1 AND subject_kind = 'setting' LIMIT 1")?
        .exists([stored(seq)])?;
    let sql = if seq == 0 || is_configured {
        "SELECT kind, id FROM record WHERE open = 1 AND ?1 = ?1"
    } else {
        "SELECT DISTINCT subject_kind, subject FROM event WHERE seq > ?1"
    };
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([stored(seq)])?;
    let mut subjects = Vec::new();
    while let Some(row) = rows.next()? {
        let kind = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        subjects.extend(Subject::of(kind, id(row, 1)?));
    }
    Ok(subjects)
}

/// Whether any record has this id.
pub(super) fn exists(conn: &Connection, id: Uuid) -> Result<bool, Error> {
    Ok(conn.prepare_cached("SELECT 1 FROM record WHERE id = ?1")?.exists([id.into_bytes()])?)
}

/// Whether the id of a setting belongs to anything else than this sort of setting.
pub(super) fn is_of_another(conn: &Connection, setting: &Setting) -> Result<bool, Error> {
    let id = setting_id(setting);
    Ok(match load::<Setting>(conn, Kind::SETTING, id)? {
        Some(known) => std::mem::discriminant(&known) != std::mem::discriminant(setting),
        None => exists(conn, id)?,
    })
}

pub(super) fn load_setup(conn: &Connection) -> Result<Setup, Error> {
    let mut setup = Setup::default();
    let mut statement = conn.prepare("SELECT doc FROM record WHERE kind = 'setting' ORDER BY rev")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let setting: Setting =
            serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
        let id = setting.id();
        setup.take(setting).map_err(|error| Error::Corrupt(format!("calendar {id}: {error}")))?;
    }
    Ok(setup)
}

/// What indexes find a record by, beside its last change: most changes leave it as it stands, and then no other
/// index is written.
#[derive(PartialEq, Eq)]
struct Filed {
    scope: i64,
    is_open: bool,
    likeness: Option<String>,
    alike_at: Option<i64>,
}

impl Filed {
    fn of(row: &Row) -> Self {
        let (likeness, alike_at) =
            row.likeness.as_ref().map(|likeness| (likeness.key.clone(), likeness.at.millis())).unzip();
        Self { scope: row.scope.0, is_open: row.is_open, likeness, alike_at }
    }

    fn read(conn: &Connection, id: Uuid) -> Result<Option<Self>, Error> {
        let mut found =
            conn.prepare_cached("SELECT scope, open, likeness, alike_at FROM record WHERE id = ?1")?;
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Self {
                scope: row.get(0)?,
                is_open: row.get(1)?,
                likeness: row.get(2)?,
                alike_at: row.get(3)?,
            })
        };
        Ok(found.query_row([id.into_bytes()], read).optional()?)
    }
}

/// Writes a record that is new, or that is found by something else from now on. When it was logged never
/// changes.
fn file(conn: &Connection, row: &Row, filed: &Filed) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO record (id, kind, scope, rev, open, likeness, alike_at, doc, logged_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, rev = excluded.rev, open = excluded.open,
             likeness = excluded.likeness, alike_at = excluded.alike_at, doc = excluded.doc",
    )?
    .execute(params![
        row.id.into_bytes(),
        row.kind.name(),
        filed.scope,
        stored(row.rev),
        filed.is_open,
        filed.likeness,
        filed.alike_at,
        row.doc,
        row.logged_at.map(Timestamp::millis)
    ])?;
    Ok(())
}

/// Writes a record, and who may see it where that changed: it comes into sight, and leaves the scope it was in.
pub(super) fn save(conn: &Connection, row: &Row) -> Result<(), Error> {
    let before = Filed::read(conn, row.id)?;
    let filed = Filed::of(row);
    if before.as_ref() == Some(&filed) {
        conn.prepare_cached("UPDATE record SET rev = ?2, doc = ?3 WHERE id = ?1")?.execute(params![
            row.id.into_bytes(),
            stored(row.rev),
            row.doc
        ])?;
        return Ok(());
    }
    file(conn, row, &filed)?;
    match before {
        Some(before) if before.scope == row.scope.0 => Ok(()),
        Some(before) => {
            leave(conn, row, before.scope)?;
            come(conn, row)
        }
        None => come(conn, row),
    }
}

/// A record came into sight in its scope.
fn come(conn: &Connection, row: &Row) -> Result<(), Error> {
    conn.prepare_cached(
        "INSERT INTO vis (of, grp, scope, entered, seq, present) VALUES (?1, 0, ?2, ?3, ?3, 1)
         ON CONFLICT (of, grp, scope) DO UPDATE SET entered = excluded.entered, seq = excluded.seq, present = 1",
    )?
    .execute(params![row.id.into_bytes(), row.scope.0, stored(row.rev)])?;
    Ok(())
}

/// A record left a scope that it was in.
fn leave(conn: &Connection, row: &Row, scope: i64) -> Result<(), Error> {
    conn.prepare_cached("UPDATE vis SET present = 0, seq = ?3 WHERE of = ?1 AND scope = ?2")?
        .execute(params![row.id.into_bytes(), scope, stored(row.rev)])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::connection;

    #[test]
    fn what_was_logged_in_a_period_is_found_by_its_index() {
        let file = std::env::temp_dir().join(format!("holdfast-logged-{}.db", Uuid::now_v7().simple()));
        let mut conn = connection::writer(&file).expect("a file");
        crate::store::migrate::migrate(&mut conn).expect("the schema");
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {LOGGED}")).expect("a plan");
        let steps = plan.query_map(params![0, 1, None::<String>, 1], |row| row.get::<_, String>(3));
        let steps: Vec<String> = steps.expect("steps").collect::<Result<_, _>>().expect("texts");
        assert!(!steps.is_empty() && steps.iter().all(|step| step.contains("record_logged")), "{steps:?}");
        drop(plan);
        drop(conn);
        for end in ["", "-wal", "-shm"] {
            std::fs::remove_file(format!("{}{end}", file.display())).ok();
        }
    }
}
