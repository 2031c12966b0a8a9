//! The audit: every hash of the log computed anew, and every incident folded anew (§4.1).

use incident::{IncidentId, fold_incident};
use rusqlite::Connection;

use super::chain::{self, GENESIS, Header};
use super::column::{Hash, id, number, stored};
use super::head::read_head;
use super::history::incidents;
use super::{Error, Store};

/// What an audit went through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Lines of the log.
    pub lines: u64,
    /// Incidents whose record is what their events fold to.
    pub incidents: u64,
}

impl Store {
    /// Computes everything anew; the first thing that does not add up is the error.
    pub fn verify(&self) -> Result<Verified, Error> {
        verify(&self.conn)
    }
}

/// Computes everything in a file anew.
pub(super) fn verify(conn: &Connection) -> Result<Verified, Error> {
    // One snapshot, so that a server may go on writing meanwhile.
    let _snapshot = conn.unchecked_transaction()?;
    let lines = verify_chain(conn)?;
    let mut count = 0;
    incidents(conn, |record, events| {
        let folded = fold_incident(IncidentId(record.id.0), events);
        if folded.as_ref() != Some(record) {
            return Err(Error::Corrupt(format!("incident {} is not what its events tell", record.id)));
        }
        count += 1;
        Ok(())
    })?;
    Ok(Verified { lines, incidents: count })
}

fn verify_chain(conn: &Connection) -> Result<u64, Error> {
    let head = read_head(conn)?;
    let mut before = GENESIS;
    let mut seq = 0;
    let mut statement = conn.prepare(
        "SELECT seq, epoch, command, idx, subject_kind, subject, subject_rev, kind, v, actor, at, received,
             hash, chain FROM event ORDER BY seq",
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
        let hash = chain::event_hash(&header, &commitments(conn, seq)?)?;
        let link = chain::link(&before, &hash);
        if row.get::<_, Hash>(12)? != hash || row.get::<_, Hash>(13)? != link {
            return Err(Error::Corrupt(format!("line {seq} of the log was changed after it was written")));
        }
        before = link;
    }
    if head.seq != seq || head.chain != before {
        return Err(Error::Corrupt(format!("the log ends at line {seq}, but its head says {}", head.seq)));
    }
    Ok(seq)
}

/// The commitments of a line, each computed anew where its part was not erased.
fn commitments(conn: &Connection, seq: u64) -> Result<Vec<Hash>, Error> {
    let mut statement = conn
        .prepare_cached("SELECT grp, salt, body, commitment FROM event_part WHERE seq = ?1 ORDER BY grp")?;
    let mut rows = statement.query([stored(seq)])?;
    let mut commitments = Vec::new();
    while let Some(row) = rows.next()? {
        let (salt, body): (Option<Vec<u8>>, Option<String>) = (row.get(1)?, row.get(2)?);
        let commitment: Hash = row.get(3)?;
        if let (Some(salt), Some(body)) = (salt, body)
            && chain::commitment(&salt, seq, number(row, 0)?, body.as_bytes()) != commitment
        {
            return Err(Error::Corrupt(format!("what line {seq} of the log says was changed")));
        }
        commitments.push(commitment);
    }
    Ok(commitments)
}
