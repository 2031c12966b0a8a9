//! Taking in a frame: rewind, apply, settle, replay, move the cursor. One transaction.

use std::sync::Arc;

use incident::{Records, Timestamp};
use protocol::{Frame, Image, Kind, PROTOCOL, PullRequest, ScopeFill, ScopeId, Stage, Verdict};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::replay::{self, Rewound};
use super::{Changed, Replica};
use crate::Error;
use crate::live::{Live, load_setup};
use crate::store::{self, Row, kept, outbox, rows, settled, wipe};

/// What became of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// Taken in.
    Changed(Changed),
    /// It does not begin where this copy is: dropped, ask again.
    Stale,
    /// It tells of another history: dropped, [`Replica::start_over`].
    Diverged,
}

impl Replica {
    /// What to ask the server for next.
    pub fn pull_request(&self, wait_ms: u32) -> Result<PullRequest, Error> {
        let db = self.db();
        let epoch = store::meta(db, "epoch")?.and_then(|text| text.parse().ok());
        let scopes = if epoch.is_none() { Vec::new() } else { fills(db)? };
        let filling = scopes.iter().any(|fill| fill.low > 0);
        Ok(PullRequest {
            protocol: PROTOCOL,
            desk: self.desk(),
            stage: if epoch.is_none() { Stage::Board } else { Stage::Fill },
            epoch,
            cursor: cursor(db)?,
            chain: store::meta(db, "chain")?,
            scopes,
            wait_ms: if epoch.is_none() || filling { 0 } else { wait_ms },
        })
    }

    /// Takes in a frame. `now` is this computer's clock.
    pub fn apply(&mut self, frame: &Frame, now: Timestamp) -> Result<Applied, Error> {
        let at = self.offset.corrected(now);
        let tx = self.db().unchecked_transaction()?;
        let epoch = store::meta(&tx, "epoch")?.and_then(|text| text.parse::<Uuid>().ok());
        if epoch.is_some_and(|epoch| epoch != frame.epoch) {
            return Ok(Applied::Diverged);
        }
        if frame.from != cursor(&tx)? {
            return Ok(Applied::Stale);
        }
        let mut step = Step { db: &tx, changed: Changed::default() };
        let abandons = store::meta(&tx, store::ABANDONED)?.is_some();
        let rewinds = abandons || step.concerns_pending(frame)?;
        let rewound = match (abandons, rewinds) {
            (true, _) => {
                step.forget()?;
                Rewound::default()
            }
            (false, true) => replay::rewind(&tx)?,
            (false, false) => Rewound::default(),
        };
        step.take_rows(frame)?;
        step.settle(frame, at)?;
        if rewinds {
            let setup =
                if step.changed.setup { Arc::new(load_setup(&tx)?) } else { Arc::clone(&self.live.setup) };
            step.changed.records.extend(replay::all(&tx, &setup, rewound)?);
        }
        step.move_marks(frame)?;
        // An abandoned history may hold what the person no longer sees in the new one.
        let loses = !frame.revoke.is_empty() || !frame.leave.is_empty();
        if abandons || loses {
            wipe::ask(&tx)?;
        }
        if loses {
            wipe::ask_of_copies(&tx)?;
        }
        let mut changed = step.changed;
        tx.commit()?;
        if abandons {
            self.live = Live::load(self.db(), at)?;
        } else {
            self.follow(&mut changed, at)?;
        }
        wipe::if_due(self.db(), self.path())?;
        kept::expire(self.db(), self.path(), at)?;
        Ok(Applied::Changed(changed))
    }

    /// Records still to come, as the server last said; 0 when every scope is complete.
    pub fn remaining(&self) -> Result<u64, Error> {
        Ok(store::meta(self.db(), "remaining")?.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    /// The server follows another history: a copy of the file is kept beside it for thirty days, every command
    /// that no backup was known to cover waits again with the numbers that incidents had, and the rows are shown until
    /// the new history's first frame.
    pub fn start_over(&mut self, now: Timestamp) -> Result<(), Error> {
        if let Some(epoch) = store::meta(self.db(), "epoch")? {
            kept::keep(self.db(), self.path(), &epoch, self.offset.corrected(now))?;
        }
        let tx = self.db().unchecked_transaction()?;
        store::forget_place(&tx)?;
        settled::unarchive(&tx)?;
        outbox::try_now(&tx)?;
        outbox::note_former_numbers(&tx)?;
        Ok(tx.commit()?)
    }
}

fn cursor(db: &Connection) -> Result<u64, Error> {
    Ok(store::meta(db, "cursor")?.and_then(|text| text.parse().ok()).unwrap_or(0))
}

fn fills(db: &Connection) -> Result<Vec<ScopeFill>, Error> {
    let mut list = db.prepare_cached("SELECT scope, low FROM scope_state ORDER BY scope")?;
    let scopes = list.query_map([], |row| {
        let low = u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default();
        Ok(ScopeFill { scope: ScopeId(row.get(0)?), low })
    })?;
    Ok(scopes.collect::<Result<_, _>>()?)
}

fn images(frame: &Frame) -> impl Iterator<Item = &Image> {
    frame.put.iter().chain(frame.fill.iter().flat_map(|fill| &fill.put))
}

/// One frame being taken in.
struct Step<'a> {
    db: &'a Connection,
    changed: Changed,
}

impl Step<'_> {
    /// Whether the frame settles a pending command or brings news of what one looks at; otherwise nothing
    /// is rewound, and the rows end the same.
    fn concerns_pending(&self, frame: &Frame) -> Result<bool, Error> {
        if outbox::len(self.db)? == 0 {
            return Ok(false);
        }
        if !frame.revoke.is_empty() || images(frame).any(|image| image.kind == Kind::SETTING) {
            return Ok(true);
        }
        for outcome in &frame.outcomes {
            if outbox::waits(self.db, outcome.id)? {
                return Ok(true);
            }
        }
        let mut written = self.db.prepare_cached("SELECT 1 FROM undo WHERE kind = ?1 AND id = ?2")?;
        for image in images(frame) {
            if outbox::is_touched(self.db, image.kind, image.id)?
                || written.exists(params![image.kind.name(), image.id.as_bytes()])?
            {
                return Ok(true);
            }
        }
        for leave in &frame.leave {
            for kind in Records::KINDS.iter().filter_map(|name| Kind::from_name(name)) {
                if outbox::is_touched(self.db, kind, leave.of)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Forgets the rows of an abandoned history; commands stay.
    fn forget(&mut self) -> Result<(), Error> {
        self.db.execute_batch(
            "INSERT INTO search (search, rank) VALUES ('secure-delete', 0);
             DELETE FROM record; DELETE FROM search; DELETE FROM undo; DELETE FROM scope_state;
             INSERT INTO search (search) VALUES ('optimize');
             INSERT INTO search (search, rank) VALUES ('secure-delete', 1);",
        )?;
        store::forget_meta(self.db, store::ABANDONED)?;
        self.changed.setup = true;
        Ok(())
    }

    fn take_rows(&mut self, frame: &Frame) -> Result<(), Error> {
        if !frame.revoke.is_empty() {
            self.revoke(&frame.revoke)?;
        }
        for leave in &frame.leave {
            self.delete("SELECT kind, id FROM record WHERE of = ?1", [leave.of.as_bytes()])?;
        }
        for image in images(frame) {
            self.put(image)?;
        }
        Ok(())
    }

    /// Whole scopes go. Wiping their words one by one takes a thousand times as long as rebuilding the index
    /// without them, once.
    fn revoke(&mut self, scopes: &[ScopeId]) -> Result<(), Error> {
        self.db.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 0)", [])?;
        for scope in scopes {
            self.delete("SELECT kind, id FROM record WHERE scope = ?1", [scope.0])?;
            self.db.execute("DELETE FROM scope_state WHERE scope = ?1", [scope.0])?;
        }
        self.db.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
        self.db.execute("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)", [])?;
        Ok(())
    }

    fn delete(&mut self, which: &str, params: impl rusqlite::Params) -> Result<(), Error> {
        let mut list = self.db.prepare_cached(which)?;
        let rows = list.query_map(params, |row| Ok((row.get::<_, String>(0)?, rows::uuid_at(row, 1)?)))?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        for (kind, id) in rows {
            Row::delete(self.db, &kind, id)?;
            if let Some(kind) = Kind::from_name(&kind) {
                self.touch(kind, id);
            }
        }
        Ok(())
    }

    fn put(&mut self, image: &Image) -> Result<(), Error> {
        // What a later version speaks of is left to the desk that this one will be updated to.
        if image.kind == Kind::UNKNOWN {
            return Ok(());
        }
        let row = Row {
            kind: image.kind.name().into(),
            id: image.id,
            of: image.of,
            scope: image.scope.0,
            rev: image.rev,
            doc: image.doc.get().to_owned(),
        };
        row.write(self.db)?;
        self.touch(image.kind, image.id);
        if image.kind == Kind::ENTRY {
            self.changed.records.insert((Kind::INCIDENT, image.of));
        }
        Ok(())
    }

    fn settle(&mut self, frame: &Frame, now: Timestamp) -> Result<(), Error> {
        for outcome in &frame.outcomes {
            match &outcome.verdict {
                Verdict::Accepted { seq } => settled::accepted(self.db, outcome.id, frame.epoch, *seq)?,
                Verdict::Refused { refusal } => {
                    self.changed.attention |= settled::refused(self.db, outcome.id, refusal, now)?;
                }
                Verdict::Deferred => {}
            }
        }
        settled::prune_archive(self.db, frame.safe)
    }

    fn move_marks(&mut self, frame: &Frame) -> Result<(), Error> {
        store::set_meta(self.db, "epoch", &frame.epoch.to_string())?;
        store::set_meta(self.db, "cursor", &frame.to.to_string())?;
        store::set_meta(self.db, "chain", &frame.chain)?;
        store::set_meta(self.db, "remaining", &frame.remaining.to_string())?;
        let mut mark =
            self.db.prepare_cached("INSERT OR REPLACE INTO scope_state (scope, low) VALUES (?1, ?2)")?;
        for scope in &frame.grant {
            // Everything up to here is still to come: one above, so that the newest change is met too.
            mark.execute(params![scope.0, i64::try_from(frame.to.saturating_add(1)).unwrap_or(i64::MAX)])?;
        }
        if let Some(fill) = &frame.fill {
            mark.execute(params![fill.scope.0, i64::try_from(fill.low).unwrap_or(i64::MAX)])?;
        }
        Ok(())
    }

    fn touch(&mut self, kind: Kind, id: Uuid) {
        match kind {
            Kind::SETTING => self.changed.setup = true,
            kind if replay::is_record(kind) => drop(self.changed.records.insert((kind, id))),
            _ => {}
        }
    }
}
