//! The desk's copy as an engine: commands in, frames in, changes out. No network, no clock of its own.
//!
//! Each step is one transaction over rows, before-images, outbox and cursor, so that a crash at any point
//! leaves either all of a step or nothing of it.

mod frame;
mod pending;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use incident::{
    Actor, Command, CommandId, Event, Incident, Records, Refusal, Signal, Subject, Timestamp, apply, decide,
};
use protocol::{Envelope, Kind, record_id};
use rusqlite::Connection;
use uuid::Uuid;

use crate::Error;
use crate::live::Live;
use crate::offset::ServerOffset;
use crate::store::{self, Pending, Row};

pub use frame::Applied;

/// Scope of what was made here and not yet sent back.
const OWN_SCOPE: i64 = -1;

/// What a step changed: the board redraws these, nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Incidents and signals.
    pub records: BTreeSet<(Kind, Uuid)>,
    /// Configuration changed: everything is drawn anew.
    pub setup: bool,
    /// Commands came to attention.
    pub attention: bool,
}

/// A command that was done here.
#[derive(Debug, Clone)]
pub struct Done {
    /// Its id.
    pub id: CommandId,
    /// What it changed.
    pub changed: Changed,
}

/// Why a command was not done.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// The policy says no; nothing was written.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// The store failed; nothing was written.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// This desk's copy.
#[derive(Debug)]
pub struct Replica {
    db: Connection,
    path: PathBuf,
    live: Live,
    /// The server's clock as seen from here.
    pub offset: ServerOffset,
    /// This desk.
    desk: incident::DeskId,
}

impl Replica {
    /// Opens the copy in `folder`, and makes it when it is new. `fresh` names the desk if it has no name yet.
    pub fn open(folder: &Path, fresh: incident::DeskId, now: Timestamp) -> Result<Self, Error> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join("replica.db");
        let db = store::open(&path)?;
        let desk = match store::meta(&db, "desk")?.and_then(|text| text.parse().ok()) {
            Some(desk) => desk,
            None => {
                store::set_meta(&db, "desk", &fresh.to_string())?;
                fresh
            }
        };
        let offset = match (store::meta(&db, "offset_ms")?, store::meta(&db, "offset_error_ms")?) {
            (Some(offset), Some(error)) => {
                ServerOffset::recalled(offset.parse().unwrap_or(0), error.parse().unwrap_or(u32::MAX))
            }
            _ => ServerOffset::default(),
        };
        let live = Live::load(&db, offset.corrected(now))?;
        Ok(Self { db, path, live, offset, desk })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// This desk.
    pub fn desk(&self) -> incident::DeskId {
        self.desk
    }

    /// What stands on the board now.
    pub fn live(&self) -> &Live {
        &self.live
    }

    /// Does a command here at once, and puts it into the outbox. A refusal writes nothing.
    pub fn execute(
        &mut self,
        id: CommandId,
        actor: &Actor,
        command: Command,
        now: Timestamp,
    ) -> Result<Done, NotDone> {
        let claim = self.offset.claim(now);
        let mut records = self.records(&command)?;
        let events = decide(&records, actor, claim.at, &command)
            .map_err(|refusal| NotDone::Refused(Box::new(refusal)))?;
        let subject = command.subjects().first().map(|subject| subject_id(*subject).1);
        let envelope = Envelope { id, seq: 0, claim, command };
        let tx = self.db.unchecked_transaction().map_err(Error::from)?;
        let records = write_events(&tx, &mut records, id, &events)?;
        Pending::add(&tx, envelope, actor, subject)?;
        tx.commit().map_err(Error::from)?;
        let changed = Changed { records, ..Changed::default() };
        self.follow(&changed, claim.at)?;
        Ok(Done { id, changed })
    }

    /// An exchange with the server's clock; kept for the next start.
    pub fn clock_measured(
        &mut self,
        sent: Timestamp,
        there: Timestamp,
        seen: Timestamp,
    ) -> Result<(), Error> {
        self.offset.measured(sent, there, seen);
        store::set_meta(&self.db, "offset_ms", &self.offset.offset_ms().to_string())?;
        store::set_meta(&self.db, "offset_error_ms", &self.offset.uncertainty_ms().to_string())
    }

    /// A small fact that this desk keeps, such as which draft is open.
    pub fn fact(&self, key: &str) -> Result<Option<String>, Error> {
        store::meta(&self.db, &format!("desk/{key}"))
    }

    /// Keeps a small fact.
    pub fn set_fact(&mut self, key: &str, value: &str) -> Result<(), Error> {
        store::set_meta(&self.db, &format!("desk/{key}"), value)
    }

    /// The records a command looks at, as they stand here.
    pub fn records(&self, command: &Command) -> Result<Records, Error> {
        load(&self.db, &self.live, &command.subjects())
    }

    /// The records of one subject, with the configuration.
    pub fn records_of(&self, subject: Subject) -> Result<Records, Error> {
        load(&self.db, &self.live, &[subject])
    }

    /// Takes changed rows over into memory.
    fn follow(&mut self, changed: &Changed, now: Timestamp) -> Result<(), Error> {
        if changed.setup {
            self.live = Live::load(&self.db, now)?;
            return Ok(());
        }
        for &(kind, id) in &changed.records {
            self.live.follow(&self.db, kind, id, now)?;
        }
        Ok(())
    }

    pub(crate) const fn db(&self) -> &Connection {
        &self.db
    }
}

/// What a subject is as a record.
pub(crate) const fn subject_id(subject: Subject) -> (Kind, Uuid) {
    match subject {
        Subject::Incident(id) => (Kind::Incident, id.0),
        Subject::Signal(id) => (Kind::Signal, id.0),
        Subject::Setting(id) => (Kind::Setting, id),
    }
}

fn load(db: &Connection, live: &Live, subjects: &[Subject]) -> Result<Records, Error> {
    let mut records = Records { setup: Arc::clone(&live.setup), ..Records::default() };
    for &subject in subjects {
        let (kind, id) = subject_id(subject);
        let Some(row) = Row::read(db, kind, id)? else { continue };
        match subject {
            Subject::Incident(id) => {
                let incident: Incident = serde_json::from_str(&row.doc)?;
                records.incidents.insert(id, Arc::new(incident));
            }
            Subject::Signal(id) => {
                let signal: Signal = serde_json::from_str(&row.doc)?;
                records.signals.insert(id, Arc::new(signal));
            }
            Subject::Setting(_) => {}
        }
    }
    Ok(records)
}

/// Folds the events of a pending command into the rows, before-images kept; returns what changed.
fn write_events(
    db: &Connection,
    records: &mut Records,
    command: CommandId,
    events: &[Event],
) -> Result<BTreeSet<(Kind, Uuid)>, Error> {
    let mut touched = BTreeSet::new();
    for (place, event) in events.iter().enumerate() {
        apply(records, event);
        let (kind, id) = subject_id(event.subject);
        if kind == Kind::Setting {
            continue;
        }
        touched.insert((kind, id));
        let entry = record_id::entry_id(command, place);
        Row::remember(db, Kind::Entry, entry)?;
        let doc = serde_json::to_string(event)?;
        let scope = OWN_SCOPE;
        Row { kind: Kind::Entry.name().into(), id: entry, of: id, scope, rev: 0, doc }.write(db)?;
    }
    for &(kind, id) in &touched {
        Row::remember(db, kind, id)?;
        let (doc, before) = (document(records, kind, id)?, Row::read(db, kind, id)?);
        let (scope, rev) = before.map_or((OWN_SCOPE, 0), |row| (row.scope, row.rev));
        Row { kind: kind.name().into(), id, of: id, scope, rev, doc }.write(db)?;
    }
    Ok(touched)
}

fn document(records: &Records, kind: Kind, id: Uuid) -> Result<String, Error> {
    Ok(match kind {
        Kind::Incident => serde_json::to_string(&records.incidents.get(&incident::IncidentId(id)))?,
        Kind::Signal => serde_json::to_string(&records.signals.get(&incident::SignalId(id)))?,
        Kind::Entry | Kind::Setting => String::new(),
    })
}
