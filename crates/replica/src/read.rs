//! Reads beside the writer, on a connection of their own: timelines, incidents off the board, search.

use std::path::Path;
use std::sync::Arc;

use incident::communication::{is_limited, is_shown};
use incident::{Event, Incident, IncidentId, PersonId, Records, Setup, Subject};
use protocol::Kind;
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::Error;
use crate::live::readable;
use crate::store::{self, Row, outbox, rows};

/// Characters a word needs to be looked for by its beginning.
const PREFIX_MIN: usize = 3;
/// Words of a search that count.
const WORDS_MAX: usize = 8;
/// Characters of a word that count.
const WORD_MAX: usize = 64;
/// Passages ranked at least, because one incident may match with many.
const CANDIDATES_MIN: u32 = 200;
/// Characters of the symptoms that stand for a passage.
const SNIPPET_MAX: usize = 120;

/// One incident found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The incident.
    pub incident: Arc<Incident>,
    /// The passage that matched.
    pub snippet: String,
}

/// Words that matched.
struct Passage {
    /// The incident that they belong to.
    of: Uuid,
    /// The words around the match.
    snippet: String,
    /// The entry of the log that holds them, where one does.
    entry: Option<String>,
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

    /// How many commands wait unsent, and how many are on their way.
    pub fn waiting(&self) -> Result<(u32, u32), Error> {
        outbox::counts(&self.db)
    }

    /// One incident, on the board or not.
    pub fn incident(&self, id: IncidentId) -> Result<Option<Arc<Incident>>, Error> {
        let row = Row::read(&self.db, Kind::INCIDENT, id.0)?;
        Ok(row.and_then(|row| readable(&row.doc)).map(Arc::new))
    }

    /// Puts the latest records of a kind at hand, those first on which work goes on.
    pub fn latest(&self, kind: Kind, limit: u32, at_hand: &mut Records) -> Result<(), Error> {
        let sql = "SELECT id, doc FROM record WHERE kind = ?1 ORDER BY open DESC, at DESC LIMIT ?2";
        let mut list = self.db.prepare_cached(sql)?;
        let rows = list.query_map(params![kind.name(), limit], |row| {
            Ok((rows::uuid_at(row, 0)?, row.get::<_, String>(1)?))
        })?;
        for row in rows {
            let (id, doc) = row?;
            let Some(subject) = Subject::of(kind.name(), id) else { continue };
            if let Err(error) = at_hand.insert(subject, &doc) {
                tracing::warn!(kind = kind.name(), %id, %error, "a record is not readable here");
            }
        }
        Ok(())
    }

    /// The latest events of an incident, newest first, and whether each still waits on this computer.
    pub fn timeline(&self, id: IncidentId, limit: u32) -> Result<Vec<(Uuid, Event, bool)>, Error> {
        // By the other index that fits, the planner would read every line of every incident.
        let sql = "SELECT id, doc, rev = 0 FROM record INDEXED BY record_of WHERE of = ?1 AND kind = 'entry'
                   ORDER BY at DESC, rev = 0 DESC, rev DESC, pk DESC LIMIT ?2";
        let mut list = self.db.prepare_cached(sql)?;
        let rows = list.query_map(params![id.0.as_bytes(), limit], |row| {
            Ok((rows::uuid_at(row, 0)?, row.get::<_, String>(1)?, row.get::<_, bool>(2)?))
        })?;
        let mut lines = Vec::new();
        for row in rows {
            let (id, doc, unsent) = row?;
            lines.extend(readable(&doc).map(|event| (id, event, unsent)));
        }
        Ok(lines)
    }

    /// Incidents with that number, or that had it before a restore, then those that hold every word in one passage that this person may read: open
    /// ones first, the latest first. Whatever is typed is a word, never an operator.
    pub fn search(
        &self,
        text: &str,
        limit: u32,
        setup: &Setup,
        person: PersonId,
    ) -> Result<Vec<Found>, Error> {
        let mut found: Vec<(Uuid, String)> = Vec::new();
        if let Some(number) = number(text) {
            let mut list =
                self.db.prepare_cached("SELECT id FROM record WHERE number = ?1 AND kind = 'incident'")?;
            for id in list.query_map([number], |row| rows::uuid_at(row, 0))? {
                found.push((id?, String::new()));
            }
            for passage in self.known_as(number)? {
                if !found.iter().any(|(known, _)| *known == passage.of) {
                    found.push((passage.of, passage.snippet));
                }
            }
        }
        if let Some(query) = query(text) {
            for open in [true, false] {
                for passage in self.matches(&query, open, limit)? {
                    let is_known = found.iter().any(|(known, _)| *known == passage.of);
                    if !is_known && self.is_readable(&passage, setup, person)? {
                        found.push((passage.of, passage.snippet));
                    }
                }
            }
        }
        let mut hits = Vec::new();
        for (id, snippet) in found.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            let Some(incident) = self.incident(IncidentId(id))? else { continue };
            let snippet = if snippet.is_empty() {
                incident.entry.symptoms.chars().take(SNIPPET_MAX).collect()
            } else {
                snippet
            };
            hits.push(Found { incident, snippet });
        }
        Ok(hits)
    }

    /// The numbers of those incidents that have this one, or had it before the server was restored.
    fn known_as(&self, number: u32) -> Result<Vec<Passage>, Error> {
        // Incidents alone have a label.
        let sql = "SELECT r.id, search.label FROM search JOIN record r ON r.pk = search.rowid
                   WHERE search MATCH ?1 ORDER BY r.id";
        let mut list = self.db.prepare_cached(sql)?;
        let rows = list.query_map([format!("label : \"{number}\"")], |row| {
            Ok(Passage { of: rows::uuid_at(row, 0)?, snippet: row.get(1)?, entry: None })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The passages of open or of closed incidents, the best first; an incident may have several.
    fn matches(&self, query: &str, open: bool, limit: u32) -> Result<Vec<Passage>, Error> {
        let sql = "SELECT i.id, snippet(search, -1, '', '', '…', 16), CASE r.kind WHEN 'entry' THEN r.doc END
                   FROM search JOIN record r ON r.pk = search.rowid
                   JOIN record i ON i.kind = 'incident' AND i.id = r.of AND i.open = ?2
                   WHERE search MATCH ?1 ORDER BY bm25(search, 4.0, 4.0, 1.0), i.at DESC LIMIT ?3";
        let mut list = self.db.prepare_cached(sql)?;
        let most = limit.saturating_mul(4).max(CANDIDATES_MIN);
        let rows = list.query_map(params![query, open, most], |row| {
            Ok(Passage { of: rows::uuid_at(row, 0)?, snippet: row.get(1)?, entry: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a passage is for this person: the words of a client are not for those who may not see that client,
    /// wherever the incident went (§3.4).
    fn is_readable(&self, passage: &Passage, setup: &Setup, person: PersonId) -> Result<bool, Error> {
        let entry = passage.entry.as_deref().filter(|_| is_limited(setup, person));
        let Some(entry) = entry else { return Ok(true) };
        let Some(event) = readable::<Event>(entry) else { return Ok(false) };
        let incident = self.incident(IncidentId(passage.of))?;
        Ok(incident.is_some_and(|incident| is_shown(&event, &incident, setup, person)))
    }

    /// When the last incident was closed.
    pub fn last_closed(&self) -> Result<Option<incident::Timestamp>, Error> {
        let sql = "SELECT max(at) FROM record INDEXED BY record_closed WHERE kind = 'incident' AND open = 0";
        let at: Option<i64> =
            self.db.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?.flatten();
        Ok(at.map(incident::Timestamp::from_millis))
    }
}

/// Words, quoted, each also by its beginning. None where nothing can be looked for.
fn query(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(|word| {
            let word: String = word.chars().take(WORD_MAX).collect();
            let prefix = if word.chars().count() >= PREFIX_MIN { "*" } else { "" };
            format!("\"{word}\"{prefix}")
        })
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The number of an incident, as people write it: `1042`, `#1042`, `INC-1042`.
fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    let rest = text.get(..3).filter(|start| start.eq_ignore_ascii_case("inc")).map_or(text, |_| &text[3..]);
    rest.trim_start_matches(['-', '#', ' ']).parse().ok()
}
