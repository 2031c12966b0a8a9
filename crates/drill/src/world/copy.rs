//! One desk's file, read from outside and held against what it should be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use incident::{Actor, CommandId, IncidentId, Records, Setup, SignalId, Subject};
use protocol::record_id::entry_id;
use protocol::{Envelope, Kind};
use replica::Live;
use rusqlite::{Connection, OptionalExtension as _};
use uuid::Uuid;

use super::model::{Docs, Key, Model, Sight};

/// How the document of an incident says that it is over.
const ENDED: [&str; 2] = ["\"phase\":{\"phase\":\"closed\"", "\"phase\":{\"phase\":\"cancelled\""];
/// How the document of a signal says that it waits in triage.
const WAITS: &str = "\"state\":{\"state\":\"open\"";

/// Where a command is at a desk.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Waiting, with who gave it, in order.
    pub(super) outbox: Vec<(Envelope, Actor)>,
    /// Accepted.
    pub(super) archive: BTreeSet<CommandId>,
    /// Refused, with its words.
    pub(super) attention: BTreeMap<CommandId, Envelope>,
}

/// The file as it stands at one moment.
#[derive(Debug)]
pub(super) struct View {
    /// Rows as a person sees them.
    shown: Docs,
    /// Rows as they stood before pending commands.
    confirmed: Docs,
    /// Its commands.
    pub(super) kept: Kept,
    cursor: u64,
    is_full: bool,
    /// Whether its rows are of a history that the server left.
    pub(super) is_abandoned: bool,
}

/// The file.
#[derive(Debug)]
pub(super) struct Copy {
    db: Connection,
}

impl Copy {
    /// Opens a second view of it.
    pub(super) fn open(file: &Path) -> Result<Self, String> {
        Ok(Self { db: Connection::open(file).map_err(|error| error.to_string())? })
    }

    /// The connection, for planting.
    pub(super) const fn db(&self) -> &Connection {
        &self.db
    }

    /// The rows as they stand, and as they stood before pending commands.
    fn rows(&self) -> Result<(Docs, Docs), Box<dyn std::error::Error>> {
        let mut shown = Docs::new();
        let mut list = self.db.prepare_cached("SELECT kind, id, doc FROM record")?;
        let mut rows = list.query([])?;
        while let Some(row) = rows.next()? {
            let doc: String = row.get(2)?;
            shown.insert(key(row.get(0)?, row.get(1)?)?, Rc::from(doc));
        }
        let mut confirmed = shown.clone();
        let mut list = self.db.prepare_cached("SELECT kind, id, before FROM undo")?;
        let mut rows = list.query([])?;
        while let Some(row) = rows.next()? {
            let key = key(row.get(0)?, row.get(1)?)?;
            confirmed.remove(&key);
            if let Some(before) = row.get::<_, Option<String>>(2)? {
                let before: serde_json::Value = serde_json::from_str(&before)?;
                let doc = before["doc"].as_str().ok_or("a before-image without a document")?;
                confirmed.insert(key, Rc::from(doc));
            }
        }
        Ok((shown, confirmed))
    }

    /// Where its commands are.
    pub(super) fn kept(&self) -> Result<Kept, Box<dyn std::error::Error>> {
        let mut kept = Kept::default();
        let mut list = self.db.prepare_cached("SELECT envelope, actor FROM outbox ORDER BY seq")?;
        let mut rows = list.query([])?;
        while let Some(row) = rows.next()? {
            let (envelope, actor): (String, String) = (row.get(0)?, row.get(1)?);
            kept.outbox.push((serde_json::from_str(&envelope)?, serde_json::from_str(&actor)?));
        }
        let mut list = self.db.prepare_cached("SELECT id FROM archive")?;
        for id in list.query_map([], |row| row.get(0))? {
            kept.archive.insert(CommandId(Uuid::from_bytes(id?)));
        }
        let mut list = self.db.prepare_cached("SELECT id, envelope FROM attention")?;
        let mut rows = list.query([])?;
        while let Some(row) = rows.next()? {
            let envelope: String = row.get(1)?;
            kept.attention.insert(CommandId(Uuid::from_bytes(row.get(0)?)), serde_json::from_str(&envelope)?);
        }
        Ok(kept)
    }

    /// How far it has come, and whether every scope is full.
    fn marks(&self) -> Result<(u64, bool), rusqlite::Error> {
        let cursor = self
            .db
            .query_row("SELECT value FROM meta WHERE key = 'cursor'", [], |row| row.get::<_, String>(0));
        let cursor = cursor.optional()?.and_then(|text| text.parse().ok()).unwrap_or(0);
        let full =
            self.db.query_row("SELECT count(*) = 0 FROM scope_state WHERE low > 0", [], |row| row.get(0))?;
        Ok((cursor, full))
    }

    /// All of it.
    pub(super) fn view(&self) -> Result<View, Box<dyn std::error::Error>> {
        let (shown, confirmed) = self.rows()?;
        let (cursor, is_full) = self.marks()?;
        let is_abandoned =
            self.db.query_row("SELECT count(*) FROM meta WHERE key = 'abandoned'", [], |row| row.get(0))?;
        Ok(View { shown, confirmed, kept: self.kept()?, cursor, is_full, is_abandoned })
    }

    /// The markers that a search would find.
    pub(super) fn spoken(&self) -> Result<Vec<u8>, rusqlite::Error> {
        self.db.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.spoken USING fts5vocab(main, search, row)",
        )?;
        let mut list = self.db.prepare("SELECT term FROM temp.spoken WHERE term LIKE 'mk%'")?;
        let terms = list.query_map([], |row| row.get::<_, String>(0))?;
        let terms: Vec<String> = terms.collect::<Result<_, _>>()?;
        drop(list);
        self.db.execute_batch("DROP TABLE temp.spoken")?;
        Ok(terms.join(" ").into_bytes())
    }
}

impl View {
    /// What was confirmed is what the person sees at the cursor; everything of it once it is full.
    pub(super) fn check_confirmed(&self, sight: &Sight) -> Result<(), Box<dyn std::error::Error>> {
        let Self { confirmed, cursor, is_full, .. } = self;
        if *cursor != sight.seq {
            return Ok(());
        }
        for (key, doc) in confirmed {
            match sight.docs.get(key) {
                Some(told) if told == doc => {}
                Some(told) => {
                    return Err(format!("{key:?} at {cursor} is\n  {doc}\nand should be\n  {told}").into());
                }
                None => return Err(format!("{key:?} at {cursor} is not this person's to see").into()),
            }
        }
        let missing = sight.docs.keys().find(|key| !confirmed.contains_key(key));
        match missing {
            Some(key) if *is_full => Err(format!("{key:?} at {cursor} is missing").into()),
            Some(_) | None => Ok(()),
        }
    }

    /// What is shown is what was confirmed with everything that waits done on top, in its order; and nothing
    /// waits that is settled at or before the cursor.
    pub(super) fn check_shown(&self, live: &Live, model: &Model) -> Result<(), Box<dyn std::error::Error>> {
        let Self { shown, kept, cursor, .. } = self;
        let mut told = self.confirmed.clone();
        for (envelope, actor) in &kept.outbox {
            if model.settled.get(&envelope.id).is_some_and(|outcome| outcome.seq <= *cursor) {
                return Err(format!("command {} waits, but the copy is past its outcome", envelope.id).into());
            }
            again(&mut told, &live.setup, actor, envelope)?;
        }
        if let Some((key, doc)) = shown.iter().find(|(key, doc)| told.get(key) != Some(doc)) {
            let told = told.get(key);
            return Err(format!("{key:?} is shown as\n  {doc}\nand should be\n  {told:?}").into());
        }
        if let Some(key) = told.keys().find(|key| !shown.contains_key(key)) {
            return Err(format!("{key:?} should be shown").into());
        }
        check_board(live, shown)
    }

    /// What stands on the board is what the rows say, word by word.
    pub(super) fn check_live(&self, live: &Live) -> Result<(), Box<dyn std::error::Error>> {
        for (id, known) in &live.incidents {
            let doc = serde_json::to_string(known)?;
            if self.shown.get(&(Kind::INCIDENT, id.0)).map(AsRef::as_ref) != Some(doc.as_str()) {
                return Err(format!("incident {id} on the board is not the one on disk").into());
            }
        }
        Ok(())
    }
}

fn key(kind: String, id: Vec<u8>) -> Result<Key, Box<dyn std::error::Error>> {
    let kind = Kind::from_name(&kind).ok_or(format!("a row of kind {kind}"))?;
    Ok((kind, Uuid::from_slice(&id)?))
}

/// Decides a command on documents and folds its events into them.
fn again(
    docs: &mut Docs,
    setup: &Arc<Setup>,
    actor: &Actor,
    envelope: &Envelope,
) -> Result<(), Box<dyn std::error::Error>> {
    let former_numbers = envelope.former_numbers.clone();
    let mut records = Records { setup: Arc::clone(setup), former_numbers, ..Records::default() };
    add(docs, &envelope.command.subjects(), &mut records)?;
    let kin = records.kin();
    add(docs, &kin, &mut records)?;
    let Ok(events) = incident::decide(&records, actor, envelope.claim.at, &envelope.command) else {
        return Ok(());
    };
    for (place, mut event) in events.into_iter().enumerate() {
        event.uncertainty_ms = envelope.claim.uncertainty_ms;
        incident::apply(&mut records, &event);
        let key = (Kind::of(event.subject), event.subject.id());
        let Some(record) = records.get(event.subject) else { continue };
        let entry = (Kind::ENTRY, entry_id(envelope.id, place));
        docs.entry(entry).or_insert(Rc::from(serde_json::to_string(&event)?));
        docs.insert(key, Rc::from(record.document()?));
    }
    Ok(())
}

fn add(docs: &Docs, subjects: &[Subject], records: &mut Records) -> Result<(), serde_json::Error> {
    for &subject in subjects {
        if let Some(doc) = docs.get(&(Kind::of(subject), subject.id())) {
            records.insert(subject, doc)?;
        }
    }
    Ok(())
}

/// Everything open that is shown stands on the board, and nothing else does.
fn check_board(live: &Live, shown: &Docs) -> Result<(), Box<dyn std::error::Error>> {
    let has_ended = |doc: &str| ENDED.iter().any(|ended| doc.contains(ended));
    for ((kind, id), doc) in shown {
        let is_there = match *kind {
            Kind::INCIDENT => has_ended(doc) || live.incidents.contains_key(&IncidentId(*id)),
            Kind::SIGNAL => live.signals.contains_key(&SignalId(*id)) == doc.contains(WAITS),
            _ => true,
        };
        if !is_there {
            return Err(format!("{kind:?} {id}: the board and the row differ").into());
        }
    }
    let gone = live.incidents.keys().find(|id| !shown.contains_key(&(Kind::INCIDENT, id.0)));
    gone.map_or(Ok(()), |id| Err(format!("incident {id} is on the board and nowhere else").into()))
}
