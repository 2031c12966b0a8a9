//! The desk's copy as an engine: commands in, frames in, changes out. No network, no clock of its own.
//!
//! Each step is one transaction over rows, before-images, outbox and cursor, so that a crash at any point
//! leaves either all of a step or nothing of it.

mod frame;
mod pending;
mod replay;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use incident::command::{LookUp, Naming};
use incident::{Actor, Command, CommandId, Records, Refusal, Setup, Subject, Timestamp};
use protocol::{BODY_MAX, Envelope, Kind};
use rusqlite::Connection;
use uuid::Uuid;

use crate::Error;
use crate::live::{Live, load_setup};
use crate::offset::ServerOffset;
use crate::store::{self, Pending, Row, outbox};

pub use frame::Applied;
use replay::Folded;

/// Commands that may wait at once.
const OUTBOX_MAX: u32 = 10_000;
/// Bytes of one command, so that a push can always carry it.
const COMMAND_BYTES_MAX: usize = BODY_MAX / 2;
/// The fact of the server's last word.
const LAST_WORD: &str = "last_word";

/// What a step changed: the board redraws these, nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Records.
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
    /// The server's last word, as it was kept.
    last_word: Option<Timestamp>,
    /// This desk.
    desk: incident::DeskId,
}

impl Replica {
    /// Opens the copy in `folder`, and makes it when it is new. `fresh` names the desk if it has no name yet. A
    /// damaged file is left as it is, for [`crate::set_aside`].
    pub fn open(folder: &Path, fresh: incident::DeskId, now: Timestamp) -> Result<Self, Error> {
        store::private_folder(folder)?;
        let path = folder.join(store::FILE);
        store::aside::is_not_suspected(&path)?;
        Self::opened(path.clone(), fresh, now).map_err(|error| error.of(&path))
    }

    fn opened(path: PathBuf, fresh: incident::DeskId, now: Timestamp) -> Result<Self, Error> {
        let db = store::open(&path)?;
        store::wipe::if_due(&db, &path)?;
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
        let last_word = store::meta(&db, LAST_WORD)?.and_then(|text| text.parse().ok());
        let last_word = last_word.map(Timestamp::from_millis);
        let at = offset.corrected(now);
        store::kept::date_undated(&db, &path, at)?;
        store::kept::expire(&db, &path, at)?;
        let live = Live::load(&db, at)?;
        Ok(Self { db, path, live, offset, last_word, desk })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A step failed because the file is damaged: it is not opened again as it is. The fault, in words.
    pub fn suspect(&self, cause: String) -> Error {
        store::aside::suspect(&self.path, cause)
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
        let tx = self.db.unchecked_transaction().map_err(Error::from)?;
        if outbox::len(&tx)? >= OUTBOX_MAX {
            return Err(Error::OutboxFull { limit: OUTBOX_MAX }.into());
        }
        let seq = outbox::next_seq(&tx)?;
        let envelope = Envelope { id, seq, claim, command, former_numbers: BTreeSet::new() };
        let bytes = serde_json::to_vec(&envelope).map_err(Error::from)?.len();
        if bytes > COMMAND_BYTES_MAX {
            return Err(Error::TooLarge { bytes, limit: COMMAND_BYTES_MAX }.into());
        }
        let seq = Pending::add(&tx, &envelope, actor)?;
        let done = replay::one(&tx, &self.live.setup, seq, actor, &envelope)?;
        let Folded { touched, records } = done.map_err(|refusal| NotDone::Refused(Box::new(refusal)))?;
        tx.commit().map_err(Error::from)?;
        let mut changed = Changed { records: touched, ..Changed::default() };
        self.live.take_over(&changed.records, &records, claim.at);
        self.expire(&mut changed, claim.at);
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

    /// The server's last word to this copy, by its clock, as it was kept.
    pub const fn last_word(&self) -> Option<Timestamp> {
        self.last_word
    }

    /// Keeps the server's last word for the next start.
    pub fn keep_last_word(&mut self, at: Timestamp) -> Result<(), Error> {
        if self.last_word != Some(at) {
            store::set_meta(&self.db, LAST_WORD, &at.millis().to_string())?;
            self.last_word = Some(at);
        }
        Ok(())
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
        load(&self.db, &self.live.setup, &command.subjects())
    }

    /// The records of one subject, with the configuration.
    pub fn records_of(&self, subject: Subject) -> Result<Records, Error> {
        load(&self.db, &self.live.setup, &[subject])
    }

    /// The records from which it is read whom a deed may name there, as far as this desk has them.
    pub fn records_to_name(&self, naming: &Naming) -> Result<Records, Error> {
        let mut records = load(&self.db, &self.live.setup, &naming.subjects())?;
        look_up(&self.db, &naming.look_ups(&records), &mut records)?;
        Ok(records)
    }

    /// Takes changed rows over into memory, and adds what leaves the board because its day is over.
    fn follow(&mut self, changed: &mut Changed, now: Timestamp) -> Result<(), Error> {
        if changed.setup {
            self.live.setup = Arc::new(load_setup(&self.db)?);
        }
        for &(kind, id) in &changed.records {
            self.live.follow(&self.db, kind, id, now)?;
        }
        self.expire(changed, now);
        Ok(())
    }

    /// Adds what leaves the board because its day is over.
    fn expire(&mut self, changed: &mut Changed, now: Timestamp) {
        changed.records.extend(self.live.expire(now).into_iter().map(|id| (Kind::INCIDENT, id.0)));
    }

    pub(crate) const fn db(&self) -> &Connection {
        &self.db
    }
}

/// The records at hand for a decision, and those that they look at.
fn load(db: &Connection, setup: &Arc<Setup>, subjects: &[Subject]) -> Result<Records, Error> {
    let mut records = Records { setup: Arc::clone(setup), ..Records::default() };
    add(db, subjects, &mut records)?;
    let kin = records.kin();
    add(db, &kin, &mut records)?;
    Ok(records)
}

/// The records at hand for a command: those it names, their kin, and what it looks up as far as this desk has it.
fn load_for(
    db: &Connection,
    setup: &Arc<Setup>,
    command: &Command,
    now: Timestamp,
) -> Result<Records, Error> {
    let mut records = load(db, setup, &command.subjects())?;
    look_up(db, &command.look_ups(&records, now), &mut records)?;
    Ok(records)
}

/// Adds what is looked up, as far as this desk has it.
fn look_up(db: &Connection, look_ups: &[LookUp], records: &mut Records) -> Result<(), Error> {
    for one in look_ups {
        let found = store::rows::found(db, one)?;
        add(db, &found, records)?;
    }
    Ok(())
}

/// Adds records to those at hand; one that is not readable here is as good as unknown.
fn add(db: &Connection, subjects: &[Subject], records: &mut Records) -> Result<(), Error> {
    for &subject in subjects {
        let Some(row) = Row::read(db, Kind::of(subject), subject.id())? else { continue };
        if let Err(error) = records.insert(subject, &row.doc) {
            tracing::warn!(kind = subject.kind(), id = %subject.id(), %error, "a record is not readable here");
        }
    }
    Ok(())
}
