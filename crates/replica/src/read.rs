//! Reads beside the writer, on a connection of their own: timelines, incidents off the board, search.

use std::path::Path;
use std::sync::Arc;

use incident::{Event, Incident, IncidentId};
use protocol::Kind;
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::Error;
use crate::store::{self, Row, rows};

/// Characters a word needs to be looked for by its beginning.
const PREFIX_MIN: usize = 3;
/// Words of a search that count.
const WORDS_MAX: usize = 8;
/// Matches ranked: the newest of a very common word.
const CANDIDATES_MAX: u32 = 500;

/// One incident found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The incident.
    pub incident: Arc<Incident>,
    /// The passage that matched.
    pub snippet: String,
}

/// A reading connection.
#[derive(Debug)]
pub struct Reader {
    db: Connection,
}

impl Reader {
    /// Opens one beside the writer of the same file.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self { db: store::open_reader(path)? })
    }

    /// One incident, on the board or not.
    pub fn incident(&self, id: IncidentId) -> Result<Option<Arc<Incident>>, Error> {
        let Some(row) = Row::read(&self.db, Kind::Incident, id.0)? else { return Ok(None) };
        Ok(Some(Arc::new(serde_json::from_str(&row.doc)?)))
    }

    /// The latest events of an incident, newest first, and whether each still waits on this computer.
    pub fn timeline(&self, id: IncidentId, limit: u32) -> Result<Vec<(Uuid, Event, bool)>, Error> {
        let sql = "SELECT id, doc, rev = 0 FROM record WHERE of = ?1 AND kind = 'entry'
                   ORDER BY at DESC, rev = 0 DESC, rev DESC, pk DESC LIMIT ?2";
        let mut list = self.db.prepare_cached(sql)?;
        let rows = list.query_map(params![id.0.as_bytes(), limit], |row| {
            Ok((rows::uuid_at(row, 0)?, row.get::<_, String>(1)?, row.get::<_, bool>(2)?))
        })?;
        rows.map(|row| {
            let (id, doc, unsent) = row?;
            Ok((id, serde_json::from_str(&doc)?, unsent))
        })
        .collect()
    }

    /// Incidents that hold every word, open ones first. Whatever is typed is a word, never an operator.
    pub fn search(&self, text: &str, limit: u32) -> Result<Vec<Found>, Error> {
        let Some(query) = query(text) else { return Ok(Vec::new()) };
        let sql = "SELECT DISTINCT r.of FROM (SELECT rowid FROM search WHERE search MATCH ?1
                                              ORDER BY rowid DESC LIMIT ?2) AS hit
                   JOIN record r ON r.pk = hit.rowid
                   JOIN record i ON i.kind = 'incident' AND i.id = r.of
                   ORDER BY i.open DESC, i.at DESC LIMIT ?3";
        let mut list = self.db.prepare_cached(sql)?;
        let ids = list.query_map(params![query, CANDIDATES_MAX, limit], |row| rows::uuid_at(row, 0))?;
        let mut found = Vec::new();
        for id in ids {
            if let Some(incident) = self.incident(IncidentId(id?))? {
                let snippet = incident.entry.symptoms.chars().take(120).collect();
                found.push(Found { incident, snippet });
            }
        }
        Ok(found)
    }

    /// When the last incident was closed.
    pub fn last_closed(&self) -> Result<Option<incident::Timestamp>, Error> {
        let sql = "SELECT max(at) FROM record WHERE kind = 'incident' AND open = 0";
        let at: Option<i64> =
            self.db.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?.flatten();
        Ok(at.map(incident::Timestamp::from_millis))
    }
}

/// Words, quoted; the last one also by its beginning. None where nothing can be looked for.
fn query(text: &str) -> Option<String> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS_MAX).collect();
    let last = words.len().checked_sub(1)?;
    let quoted = words.iter().enumerate().map(|(place, word)| {
        let prefix = place == last && word.chars().count() >= PREFIX_MIN;
        format!("\"{word}\"{}", if prefix { "*" } else { "" })
    });
    Some(quoted.collect::<Vec<_>>().join(" "))
}
