//! Record rows: reading, writing, before-images, and the columns and words derived from a document.

use incident::command::LookUp;
use incident::{Event, Fact, Incident, Records, Setup, Signal, Subject};
use protocol::Kind;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;

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
        let mut upsert = db.prepare_cached(
            "INSERT INTO record (kind, id, of, scope, rev, at, open, number, doc)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (kind, id) DO UPDATE
             SET of = ?3, scope = ?4, rev = ?5, at = ?6, open = ?7, number = ?8, doc = ?9
             RETURNING pk",
        )?;
        let rev = i64::try_from(self.rev).unwrap_or(i64::MAX);
        let (id, of) = (self.id.as_bytes(), self.of.as_bytes());
        let Derived { at, open, number, words } = derived;
        let pk: i64 = upsert
            .query_row(params![self.kind, id, of, self.scope, rev, at, open, number, self.doc], |row| {
                row.get(0)
            })?;
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

    /// Keeps how a row stood before pending commands touched it, once.
    pub(crate) fn remember(db: &Connection, kind: Kind, id: Uuid) -> Result<(), Error> {
        let before = Self::read(db, kind, id)?.map(|row| serde_json::to_string(&row)).transpose()?;
        db.prepare_cached("INSERT OR IGNORE INTO undo (kind, id, before) VALUES (?1, ?2, ?3)")?
            .execute(params![kind.name(), id.as_bytes(), before])?;
        Ok(())
    }
}

/// What a command looks up, as far as this desk can tell: records that are alike are the server's to find.
pub(crate) fn found(db: &Connection, look_up: &LookUp) -> Result<Vec<Subject>, Error> {
    let LookUp::Stamped { kind, stamp, from, until, of, limit } = look_up else { return Ok(Vec::new()) };
    let mut list = db.prepare_cached(
        "SELECT id FROM record
         WHERE kind = ?1 AND json_valid(doc) AND json_extract(doc, ?2) >= ?3 AND json_extract(doc, ?2) < ?4
             AND (?5 IS NULL OR json_extract(doc, ?5) = ?6)
         LIMIT ?7",
    )?;
    let (path, value) = of.as_ref().map(|(path, value)| (*path, value.as_str())).unzip();
    let sought = params![kind, stamp, from.millis(), until.millis(), path, value, limit];
    let ids = list.query_map(sought, |row| uuid_at(row, 0))?.collect::<Result<Vec<_>, _>>()?;
    Ok(ids.into_iter().filter_map(|id| Subject::of(kind, id)).collect())
}

/// Puts every row back as it stood before pending commands; returns which.
pub(crate) fn rewind(db: &Connection) -> Result<Vec<(Kind, Uuid)>, Error> {
    let mut list = db.prepare_cached("SELECT kind, id, before FROM undo")?;
    let rows = list.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, uuid_at(row, 1)?, row.get::<_, Option<String>>(2)?))
    })?;
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    let mut touched = Vec::with_capacity(rows.len());
    for (kind, id, before) in rows {
        match before {
            Some(before) => serde_json::from_str::<Row>(&before)?.write(db)?,
            None => Row::delete(db, &kind, id)?,
        }
        touched.extend(Kind::from_name(&kind).map(|kind| (kind, id)));
    }
    db.execute("DELETE FROM undo", [])?;
    Ok(touched)
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
    words: Option<Words>,
}

impl Derived {
    fn of(row: &Row) -> Result<Self, Error> {
        Ok(match Kind::from_name(&row.kind) {
            Some(Kind::INCIDENT) => {
                let incident: Incident = serde_json::from_str(&row.doc)?;
                let label = incident.number.map(|number| format!("INC-{number}")).unwrap_or_default();
                let body = format!("{} {}", incident.entry.symptoms, incident.entry.reporter);
                Self {
                    at: incident.updated_at.millis(),
                    open: incident.is_open(),
                    number: incident.number,
                    words: Some(Words { label, title: incident.entry.summary, body }),
                }
            }
            Some(Kind::SIGNAL) => {
                let signal: Signal = serde_json::from_str(&row.doc)?;
                Self { at: signal.identified_at.millis(), open: signal.is_open(), ..Self::default() }
            }
            Some(Kind::ENTRY) => {
                let event: Event = serde_json::from_str(&row.doc)?;
                let words =
                    note(&event).map(|body| Words { label: String::new(), title: String::new(), body });
                Self { at: event.at.millis(), words, ..Self::default() }
            }
            _ => Self::of_other(row)?,
        })
    }

    /// Of a record that nobody searches for: a review, an exception.
    fn of_other(row: &Row) -> Result<Self, Error> {
        let mut at_hand = Records::default();
        let Some(subject) = Subject::of(&row.kind, row.id) else { return Ok(Self::default()) };
        at_hand.insert(subject, &row.doc)?;
        Ok(at_hand.get(subject).map_or_else(Self::default, |record| Self {
            at: record.changed_at().millis(),
            open: record.is_open(),
            ..Self::default()
        }))
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
