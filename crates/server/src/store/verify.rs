//! The audit: every hash of the log computed anew, every record of every kind folded anew, and what became of every
//! command held against the log (§4.1).

mod outcome;

use std::collections::BTreeMap;

use incident::{Audience, Fact, Records, Setting, Subject, apply};
use protocol::record_id::setting_id;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::chain::{self, EVERYTHING, GENESIS, Header};
use super::column::{Hash, id, number};
use super::head::read_head;
use super::history::{configured, events_of};
use super::{Error, Store};

/// What an audit went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Lines of the log.
    pub lines: u64,
    /// Records, of whatever kind, that are what their events fold to.
    pub records: u64,
    /// Settings that are what was set last.
    pub settings: u64,
}

impl std::fmt::Display for Verified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { lines, records, settings } = self;
        write!(f, "{lines} lines of the log, {records} records and {settings} settings add up")
    }
}

impl Store {
    /// Computes everything anew; the first thing that does not add up is the error.
    pub fn verify(&self) -> Result<Verified, Error> {
        verify(&self.conn)
    }

    /// Whether everybody who did something has an account; gives how many there are. No part of [`Store::verify`]:
    /// a desk may be filled without anybody signing in.
    pub fn verify_accounts(&self) -> Result<u64, Error> {
        outcome::verify_accounts(&self.conn)
    }
}

/// Computes everything in a file anew.
pub(super) fn verify(conn: &Connection) -> Result<Verified, Error> {
    // One snapshot, so that a server may go on writing meanwhile.
    let _snapshot = conn.unchecked_transaction()?;
    let lines = verify_chain(conn)?;
    let records = verify_records(conn)?;
    no_record_is_missing(conn)?;
    outcome::verify_outcomes(conn)?;
    Ok(Verified { lines, records, settings: verify_settings(conn)? })
}

/// Every record against the fold of its own events, and where readers look for it against who may see it.
fn verify_records(conn: &Connection) -> Result<u64, Error> {
    let mut statement = conn.prepare(
        "SELECT kind, record.id, doc, open, audience, EXISTS (
             SELECT 1 FROM vis WHERE vis.of = record.id AND vis.scope = record.scope AND present = 1
         ) FROM record LEFT JOIN scope ON scope.id = record.scope WHERE kind <> 'setting'",
    )?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let (kind, id, doc): (String, Uuid, String) = (row.get(0)?, id(row, 1)?, row.get(2)?);
        let Some(subject) = Subject::of(&kind, id) else {
            return Err(Error::Corrupt(format!("{kind} {id} is of a kind that is not known here")));
        };
        let mut folded = Records::default();
        for event in events_of(conn, id)? {
            apply(&mut folded, &event);
        }
        let found = folded.get(subject);
        let document = found.map(|record| record.document()).transpose()?;
        if document.as_ref() != Some(&doc) && document != reread(subject, &doc)? {
            return Err(Error::Corrupt(format!("{kind} {id} is not what its events tell")));
        }
        let (is_open, is_in_sight): (bool, bool) = (row.get(3)?, row.get(5)?);
        let audience: Option<String> = row.get(4)?;
        let audience: Option<Audience> = audience.and_then(|known| serde_json::from_str(&known).ok());
        let is_seen_right = is_in_sight && audience == found.map(|record| record.audience());
        if !is_seen_right || found.is_none_or(|record| record.is_open() != is_open) {
            return Err(Error::Corrupt(format!("{kind} {id} does not stand where its readers look")));
        }
        count += 1;
    }
    Ok(count)
}

/// The document as this release writes it: an earlier one knew fewer fields.
fn reread(subject: Subject, doc: &str) -> Result<Option<String>, Error> {
    let mut stored = Records::default();
    stored.insert(subject, doc)?;
    Ok(stored.get(subject).map(|record| record.document()).transpose()?)
}

/// What the log tells of has a record.
fn no_record_is_missing(conn: &Connection) -> Result<(), Error> {
    let mut statement = conn.prepare(
        "SELECT subject_kind, subject FROM event WHERE subject_rev = 1 AND subject_kind NOT IN ('setting', 'command')
             AND NOT EXISTS (SELECT 1 FROM record WHERE record.id = event.subject)",
    )?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        None => Ok(()),
        Some(row) => {
            let (kind, id): (String, Uuid) = (row.get(0)?, id(row, 1)?);
            Err(Error::Corrupt(format!("{kind} {id} has events and no record")))
        }
    }
}

/// Every setting against what was set last.
fn verify_settings(conn: &Connection) -> Result<u64, Error> {
    let mut set: BTreeMap<Uuid, Setting> = BTreeMap::new();
    for event in configured(conn)? {
        if let Fact::Configured { setting } = event.fact {
            set.insert(setting_id(&setting), *setting);
        }
    }
    let mut statement = conn.prepare("SELECT id, doc FROM record WHERE kind = 'setting'")?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let (id, doc): (Uuid, String) = (id(row, 0)?, row.get(1)?);
        if set.remove(&id) != Some(serde_json::from_str(&doc)?) {
            return Err(Error::Corrupt(format!("setting {id} is not what was set last")));
        }
        count += 1;
    }
    match set.keys().next() {
        None => Ok(count),
        Some(id) => Err(Error::Corrupt(format!("setting {id} was set and has no record"))),
    }
}

fn verify_chain(conn: &Connection) -> Result<u64, Error> {
    let head = read_head(conn)?;
    let mut before = GENESIS;
    let mut seq = 0;
    let mut statement = conn.prepare(
        "SELECT seq, epoch, command, idx, subject_kind, subject, subject_rev, kind, v, actor, at, received,
             hash, chain, commitment, salt, body FROM event ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let found = number(row, 0)?;
        seq += 1;
        if found != seq {
            return Err(Error::Corrupt(format!("line {seq} of the log is missing; {found} follows")));
        }
        let (kind, subject_kind): (String, String) = (row.get(7)?, row.get(4)?);
        let header = Header {
            actor: id(row, 9)?,
            at: row.get(10)?,
            command: id(row, 2)?,
            epoch: id(row, 1)?,
            idx: number(row, 3)?,
            kind: &kind,
            received: row.get(11)?,
            seq,
            subject: id(row, 5)?,
            subject_kind: &subject_kind,
            subject_rev: number(row, 6)?,
            v: number(row, 8)?,
        };
        let hash = chain::event_hash(&header, &[commitment(row, seq)?])?;
        let link = chain::link(&before, &hash);
        if row.get::<_, Hash>(12)? != hash || row.get::<_, Hash>(13)? != link {
            return Err(Error::Corrupt(format!("line {seq} of the log was changed after it was written")));
        }
        before = link;
    }
    if head.seq != seq || head.chain != before {
        return Err(Error::Corrupt(format!("the log ends at line {seq}, but its head says {}", head.seq)));
    }
    if head.safe_seq > seq {
        let safe = head.safe_seq;
        return Err(Error::Corrupt(format!(
            "a backup is said to cover line {safe}, but the log ends at {seq}"
        )));
    }
    Ok(seq)
}

/// The commitment of a line, computed anew where its words were not erased.
fn commitment(row: &Row<'_>, seq: u64) -> Result<Hash, Error> {
    let commitment: Hash = row.get(14)?;
    let (salt, body): (Option<Vec<u8>>, Option<String>) = (row.get(15)?, row.get(16)?);
    if let (Some(salt), Some(body)) = (salt, body)
        && chain::commitment(&salt, seq, EVERYTHING, body.as_bytes()) != commitment
    {
        return Err(Error::Corrupt(format!("what line {seq} of the log says was changed")));
    }
    Ok(commitment)
}
