//! Record rows: reading, writing, before-images, and the columns and words derived from a document.

use incident::command::LookUp;
use incident::{Event, Fact, Incident, IncidentId, RecordRef, Records, Setup, Subject};
use protocol::Kind;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;

/// Scope of what was made here and not yet sent back.
pub(crate) const OWN_SCOPE: i64 = -1;

/// One row as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) kind: String,
    pub(crate) id: Uuid,
    pub(crate) of: Uuid,
    pub(crate) scope: i64,
    pub(crate) rev: u64,
    pub(crate) doc: String,
}

impl Row {
    /// Reads a row by kind and id.
    pub(crate) fn read(db: &Connection, kind: Kind, id: Uuid) -> Result<Option<Self>, Error> {
        let sql = "SELECT kind, id, of, scope, rev, doc FROM record WHERE kind = ?1 AND id = ?2";
        let mut found = db.prepare_cached(sql)?;
        Ok(found.query_row(params![kind.name(), id.as_bytes()], from_sql).optional()?)
    }

    /// Writes it over whatever stood there, with its derived columns and words. A document that this desk
    /// cannot read is kept as it is, off the board and out of search: a later desk, or the next image, can.
    pub(crate) fn write(&self, db: &Connection) -> Result<(), Error> {
        let derived = Derived::of(self).unwrap_or_else(|error| {
            tracing::warn!(kind = %self.kind, id = %self.id, %error, "a record is not readable here");
            Derived::default()
        });
        self.write_with(db, derived)
    }

    /// The same where the record that the document tells of is at hand.
    pub(crate) fn write_record(&self, db: &Connection, record: RecordRef<'_>) -> Result<(), Error> {
        self.write_with(db, Derived::of_record(record))
    }

    /// The same for an event.
    pub(crate) fn write_event(&self, db: &Connection, event: &Event) -> Result<(), Error> {
        self.write_with(db, Derived::of_event(event))
    }

    fn write_with(&self, db: &Connection, derived: Derived) -> Result<(), Error> {
        let Derived { at, open, number, logged_at, words } = derived;
        let filed = Filed { of: self.of, scope: self.scope, open, number, logged_at };
        let rev = i64::try_from(self.rev).unwrap_or(i64::MAX);
        let pk = match Filed::read(db, &self.kind, self.id)? {
            Some((pk, known)) if known == filed => {
                db.prepare_cached("UPDATE record SET rev = ?2, at = ?3, doc = ?4 WHERE pk = ?1")?
                    .execute(params![pk, rev, at, self.doc])?;
                pk
            }
            _ => {
                let mut upsert = db.prepare_cached(
                    "INSERT INTO record (kind, id, of, scope, rev, at, open, number, logged_at, doc)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                     ON CONFLICT (kind, id) DO UPDATE
                     SET of = ?3, scope = ?4, rev = ?5, at = ?6, open = ?7, number = ?8, logged_at = ?9, doc = ?10
                     RETURNING pk",
                )?;
                let (id, of) = (self.id.as_bytes(), self.of.as_bytes());
                let columns =
                    params![self.kind, id, of, self.scope, rev, at, open, number, logged_at, self.doc];
                upsert.query_row(columns, |row| row.get(0))?
            }
        };
        words.map_or(Ok(()), |words| words.write(db, pk))
    }

    /// Deletes a row and its words.
    pub(crate) fn delete(db: &Connection, kind: &str, id: Uuid) -> Result<(), Error> {
        let mut gone = db.prepare_cached("DELETE FROM record WHERE kind = ?1 AND id = ?2 RETURNING pk")?;
        let pk: Option<i64> = gone.query_row(params![kind, id.as_bytes()], |row| row.get(0)).optional()?;
        if let Some(pk) = pk {
            db.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([pk])?;
        }
        Ok(())
    }

    /// Keeps how a row stood before pending commands touched it, once; `None` where there was none.
    pub(crate) fn remember(
        db: &Connection,
        kind: Kind,
        id: Uuid,
        before: Option<&Self>,
    ) -> Result<(), Error> {
        let mut known = db.prepare_cached("SELECT 1 FROM undo WHERE kind = ?1 AND id = ?2")?;
        if known.exists(params![kind.name(), id.as_bytes()])? {
            return Ok(());
        }
        let before = before.map(serde_json::to_string).transpose()?;
        db.prepare_cached("INSERT INTO undo (kind, id, before) VALUES (?1, ?2, ?3)")?.execute(params![
            kind.name(),
            id.as_bytes(),
            before
        ])?;
        Ok(())
    }
}

/// What indexes find a row by beside its instant: most changes leave it as it stands, and then these indexes are
/// not written.
#[derive(PartialEq, Eq)]
struct Filed {
    of: Uuid,
    scope: i64,
    open: bool,
    number: Option<u32>,
    logged_at: Option<i64>,
}

impl Filed {
    /// How a row is filed now, and its key.
    fn read(db: &Connection, kind: &str, id: Uuid) -> Result<Option<(i64, Self)>, Error> {
        let sql = "SELECT pk, of, scope, open, number, logged_at FROM record WHERE kind = ?1 AND id = ?2";
        let mut found = db.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| {
            let filed = Self {
                of: uuid_at(row, 1)?,
                scope: row.get(2)?,
                open: row.get(3)?,
                number: row.get(4)?,
                logged_at: row.get(5)?,
            };
            Ok((row.get(0)?, filed))
        };
        Ok(found.query_row(params![kind, id.as_bytes()], read).optional()?)
    }
}

/// Incidents by when they were logged. By the other index that fits, the planner would read every incident.
const LOGGED: &str = "SELECT id FROM record INDEXED BY record_logged
     WHERE kind = 'incident' AND logged_at >= ?1 AND logged_at < ?2
         AND (?3 IS NULL OR json_extract(doc, '$.entry.client') = ?3)
     LIMIT ?4";

/// What a command looks up, as far as this desk can tell: records that are alike are the server's to find.
pub(crate) fn found(db: &Connection, look_up: &LookUp) -> Result<Vec<Subject>, Error> {
    match look_up {
        LookUp::Alike(_) => Ok(Vec::new()),
        LookUp::Logged { from, until, client, limit } => {
            let client = client.map(|client| client.to_string());
            let mut list = db.prepare_cached(LOGGED)?;
            let rows = list.query_map(params![from.millis(), until.millis(), client, limit], |row| {
                Ok(Subject::Incident(IncidentId(uuid_at(row, 0)?)))
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        }
    }
}

/// What putting rows back did.
#[derive(Default)]
pub(crate) struct Rewound {
    /// Rows that stand as they did.
    pub(crate) rows: Vec<(Kind, Uuid)>,
    /// Lines of timelines that exist at this desk alone, left where they are for now: nearly always the server's
    /// own line comes in their place, or the command is done once more, with the same words. Taking words out of
    /// the search and putting them back costs more than everything else together. [`drop_left`] ends it.
    pub(crate) left: Vec<Uuid>,
}

/// Puts every row back as it stood before pending commands.
pub(crate) fn rewind(db: &Connection) -> Result<Rewound, Error> {
    let mut list = db.prepare_cached("SELECT kind, id, before FROM undo")?;
    let rows = list.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, uuid_at(row, 1)?, row.get::<_, Option<String>>(2)?))
    })?;
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    let mut rewound = Rewound::default();
    for (kind, id, before) in rows {
        match before {
            Some(before) => serde_json::from_str::<Row>(&before)?.write(db)?,
            None if kind == Kind::ENTRY.name() => rewound.left.push(id),
            None => Row::delete(db, &kind, id)?,
        }
        rewound.rows.extend(Kind::from_name(&kind).map(|kind| (kind, id)));
    }
    db.execute("DELETE FROM undo", [])?;
    Ok(rewound)
}

/// Drops those of the lines left by [`rewind`] that nobody wrote again: no server, no pending command.
pub(crate) fn drop_left(db: &Connection, left: &[Uuid]) -> Result<(), Error> {
    let sql = "SELECT 1 FROM record r WHERE r.kind = ?1 AND r.id = ?2 AND r.scope = ?3
                   AND NOT EXISTS (SELECT 1 FROM undo u WHERE u.kind = r.kind AND u.id = r.id)";
    let mut orphaned = db.prepare_cached(sql)?;
    for line in left {
        if orphaned.exists(params![Kind::ENTRY.name(), line.as_bytes(), OWN_SCOPE])? {
            Row::delete(db, Kind::ENTRY.name(), *line)?;
        }
    }
    Ok(())
}

fn from_sql(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        kind: row.get(0)?,
        id: uuid_at(row, 1)?,
        of: uuid_at(row, 2)?,
        scope: row.get(3)?,
        rev: u64::try_from(row.get::<_, i64>(4)?).unwrap_or_default(),
        doc: row.get(5)?,
    })
}

/// A uuid column; the nil id where the bytes are no uuid.
pub(crate) fn uuid_at(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    let bytes: Vec<u8> = row.get(column)?;
    Ok(Uuid::from_slice(&bytes).unwrap_or_default())
}

/// What a person may look for in one record.
struct Words {
    label: String,
    title: String,
    body: String,
}

impl Words {
    fn of(incident: &Incident) -> Self {
        let numbers = incident.number.iter().chain(&incident.former_numbers);
        Self {
            label: numbers.map(|number| format!("INC-{number}")).collect::<Vec<_>>().join(" "),
            title: incident.entry.summary.clone(),
            body: format!("{} {}", incident.entry.symptoms, incident.entry.reporter),
        }
    }

    /// Puts them into the index where they differ from what stands there: most changes of an incident leave
    /// its words alone.
    fn write(&self, db: &Connection, pk: i64) -> Result<(), Error> {
        let Self { label, title, body } = self;
        let same = db
            .prepare_cached(
                "SELECT 1 FROM search WHERE rowid = ?1 AND label = ?2 AND title = ?3 AND body = ?4",
            )?
            .exists(params![pk, label, title, body])?;
        if !same {
            db.prepare_cached(
                "INSERT OR REPLACE INTO search (rowid, label, title, body) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![pk, label, title, body])?;
        }
        Ok(())
    }
}

#[derive(Default)]
struct Derived {
    at: i64,
    open: bool,
    number: Option<u32>,
    logged_at: Option<i64>,
    words: Option<Words>,
}

impl Derived {
    fn of(row: &Row) -> Result<Self, Error> {
        if row.kind == Kind::ENTRY.name() {
            return Ok(Self::of_event(&serde_json::from_str(&row.doc)?));
        }
        let mut at_hand = Records::default();
        let Some(subject) = Subject::of(&row.kind, row.id) else { return Ok(Self::default()) };
        at_hand.insert(subject, &row.doc)?;
        Ok(at_hand.get(subject).map_or_else(Self::default, Self::of_record))
    }

    fn of_event(event: &Event) -> Self {
        let words = note(event).map(|body| Words { label: String::new(), title: String::new(), body });
        Self { at: event.at.millis(), words, ..Self::default() }
    }

    fn of_record(record: RecordRef<'_>) -> Self {
        match record {
            RecordRef::Incident(incident) => Self {
                at: incident.updated_at.millis(),
                open: incident.is_open(),
                number: incident.number,
                logged_at: Some(incident.logged.at.millis()),
                words: Some(Words::of(incident)),
            },
            RecordRef::Signal(signal) => {
                Self { at: signal.identified_at.millis(), open: signal.is_open(), ..Self::default() }
            }
            // Nobody searches for the others: a review, an exception.
            other => Self { at: other.changed_at().millis(), open: other.is_open(), ..Self::default() },
        }
    }
}

/// The free text of an event that a person may look for; an entry's own words are its incident's.
fn note(event: &Event) -> Option<String> {
    if let Fact::IncidentLogged { .. } | Fact::SignalRaised { .. } = event.fact {
        return None;
    }
    let line = incident::timeline::line(&event.fact, &Setup::default());
    (!line.text.is_empty()).then_some(line.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store;

    #[test]
    fn what_was_logged_in_a_period_is_found_by_its_index() {
        let folder = std::env::temp_dir().join(format!("holdfast-logged-{}", Uuid::now_v7().simple()));
        store::private_folder(&folder).expect("a folder");
        let db = store::open(&folder.join("replica.db")).expect("a copy");
        let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {LOGGED}")).expect("a plan");
        let steps = plan.query_map(params![0, 1, None::<String>, 1], |row| row.get::<_, String>(3));
        let steps: Vec<String> = steps.expect("steps").collect::<Result<_, _>>().expect("texts");
        assert!(!steps.is_empty() && steps.iter().all(|step| step.starts_with("SEARCH")), "{steps:?}");
        drop(plan);
        drop(db);
        std::fs::remove_dir_all(&folder).expect("gone");
    }
}
