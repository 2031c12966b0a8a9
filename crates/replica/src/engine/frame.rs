//! Taking in a frame: rewind, apply, settle, replay, move the cursor. One transaction.

use incident::{Timestamp, decide};
use protocol::{Frame, Image, Kind, PROTOCOL, PullRequest, ScopeFill, ScopeId, Stage, Verdict};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Changed, Replica, load, write_events};
use crate::Error;
use crate::live::{Live, load_setup};
use crate::store::{self, Pending, Row, Waiting, outbox, rows, settled};

/// What became of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Applied {
    /// Taken in.
    Changed(Changed),
    /// It does not begin where this copy is: dropped, ask again.
    Stale,
}

impl Replica {
    /// What to ask the server for next.
    pub fn pull_request(&self, wait_ms: u32) -> Result<PullRequest, Error> {
        let db = self.db();
        let epoch = store::meta(db, "epoch")?.and_then(|text| text.parse().ok());
        let cursor = store::meta(db, "cursor")?.and_then(|text| text.parse().ok()).unwrap_or(0);
        let mut list = db.prepare_cached("SELECT scope, low FROM scope_state ORDER BY scope")?;
        let scopes = list.query_map([], |row| {
            let low = u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default();
            Ok(ScopeFill { scope: ScopeId(row.get(0)?), low })
        })?;
        Ok(PullRequest {
            protocol: PROTOCOL,
            desk: self.desk(),
            stage: if epoch.is_none() { Stage::Board } else { Stage::Fill },
            epoch,
            cursor,
            chain: store::meta(db, "chain")?,
            scopes: scopes.collect::<Result<_, _>>()?,
            wait_ms,
        })
    }

    /// Takes in a frame. `now` is this computer's clock.
    pub fn apply(&mut self, frame: &Frame, now: Timestamp) -> Result<Applied, Error> {
        let at = self.offset.corrected(now);
        let tx = self.db().unchecked_transaction()?;
        let cursor: u64 = store::meta(&tx, "cursor")?.and_then(|text| text.parse().ok()).unwrap_or(0);
        let epoch = store::meta(&tx, "epoch")?.and_then(|text| text.parse::<Uuid>().ok());
        if frame.from != cursor || epoch.is_some_and(|epoch| epoch != frame.epoch) {
            return Ok(Applied::Stale);
        }
        let mut step = Step { db: &tx, changed: Changed::default() };
        let pending = Pending::all(&tx)?;
        let replays = !pending.is_empty() && step.touches_pending(frame, &pending)?;
        if replays {
            step.rewind()?;
        }
        step.take_rows(frame)?;
        step.settle(frame, at)?;
        if replays {
            step.replay(self.live())?;
        }
        step.move_marks(frame)?;
        let changed = step.changed;
        tx.commit()?;
        self.follow(&changed, at)?;
        Ok(Applied::Changed(changed))
    }

    /// Records still to come, as the server last said; 0 when every scope is complete.
    pub fn remaining(&self) -> Result<u64, Error> {
        Ok(store::meta(self.db(), "remaining")?.and_then(|text| text.parse().ok()).unwrap_or(0))
    }

    /// The server follows another history: keep every command, forget the rows, fill again.
    pub fn start_over(&mut self, now: Timestamp) -> Result<(), Error> {
        let tx = self.db().unchecked_transaction()?;
        tx.execute_batch(
            "DELETE FROM record; DELETE FROM search; DELETE FROM undo; DELETE FROM scope_state;
             DELETE FROM meta WHERE key IN ('epoch', 'cursor', 'chain', 'remaining');
             UPDATE outbox SET state = 0, next_try = 0;",
        )?;
        settled::unarchive(&tx)?;
        tx.commit()?;
        let changed = Changed { setup: true, ..Changed::default() };
        let at = self.offset.corrected(now);
        self.follow(&changed, at)
    }
}

/// One frame being taken in.
struct Step<'a> {
    db: &'a Connection,
    changed: Changed,
}

impl Step<'_> {
    /// Whether a pending command, its rows or its outcome are concerned; otherwise nothing is rewound.
    fn touches_pending(&self, frame: &Frame, pending: &[Pending]) -> Result<bool, Error> {
        let settles = frame.outcomes.iter().any(|o| pending.iter().any(|p| p.envelope.id == o.id));
        if settles || !frame.revoke.is_empty() {
            return Ok(true);
        }
        let mut kept = self.db.prepare_cached("SELECT 1 FROM undo WHERE kind = ?1 AND id = ?2")?;
        let images = frame.put.iter().chain(frame.fill.iter().flat_map(|fill| &fill.put));
        for image in images {
            if image.kind == Kind::Setting || kept.exists(params![image.kind.name(), image.id.as_bytes()])? {
                return Ok(true);
            }
        }
        for leave in &frame.leave {
            let mut any = self.db.prepare_cached("SELECT 1 FROM undo WHERE id = ?1")?;
            if any.exists([leave.of.as_bytes()])? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn rewind(&mut self) -> Result<(), Error> {
        for (kind, id) in rows::rewind(self.db)? {
            self.touch(&kind, id);
        }
        Ok(())
    }

    fn take_rows(&mut self, frame: &Frame) -> Result<(), Error> {
        for scope in &frame.revoke {
            self.revoke(*scope)?;
        }
        for leave in &frame.leave {
            self.leave(leave.of)?;
        }
        for image in frame.put.iter().chain(frame.fill.iter().flat_map(|fill| &fill.put)) {
            self.put(image)?;
        }
        Ok(())
    }

    fn revoke(&mut self, scope: ScopeId) -> Result<(), Error> {
        let mut list = self.db.prepare_cached("SELECT kind, id FROM record WHERE scope = ?1")?;
        let rows = list.query_map([scope.0], |row| Ok((row.get::<_, String>(0)?, rows::uuid_at(row, 1)?)))?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        for (kind, id) in rows {
            Row::delete(self.db, &kind, id)?;
            self.touch(&kind, id);
        }
        self.db.execute("DELETE FROM scope_state WHERE scope = ?1", [scope.0])?;
        Ok(())
    }

    fn leave(&mut self, of: Uuid) -> Result<(), Error> {
        let mut list = self.db.prepare_cached("SELECT kind, id FROM record WHERE of = ?1")?;
        let rows =
            list.query_map([of.as_bytes()], |row| Ok((row.get::<_, String>(0)?, rows::uuid_at(row, 1)?)))?;
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        for (kind, id) in rows {
            Row::delete(self.db, &kind, id)?;
            self.touch(&kind, id);
        }
        Ok(())
    }

    fn put(&mut self, image: &Image) -> Result<(), Error> {
        let row = Row {
            kind: image.kind.name().into(),
            id: image.id,
            of: image.of,
            scope: image.scope.0,
            rev: image.rev,
            doc: image.doc.get().to_owned(),
        };
        row.write(self.db)?;
        self.touch(image.kind.name(), image.id);
        if image.kind == Kind::Entry {
            self.changed.records.insert((Kind::Incident, image.of));
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

    /// Decides what is still pending once more, on the rows as they are now. What no longer passes is sent
    /// all the same: the server's word counts.
    fn replay(&mut self, live: &Live) -> Result<(), Error> {
        let mut on = Live { setup: live.setup.clone(), ..Live::default() };
        if self.changed.setup {
            on.setup = std::sync::Arc::new(load_setup(self.db)?);
        }
        for pending in Pending::all(self.db)? {
            let envelope = &pending.envelope;
            let mut records = load(self.db, &on, &envelope.command.subjects())?;
            match decide(&records, &pending.actor, envelope.claim.at, &envelope.command) {
                Ok(events) => {
                    let touched = write_events(self.db, &mut records, envelope.id, &events)?;
                    self.changed.records.extend(touched);
                    if pending.state == Waiting::Conflicting {
                        outbox::set_state(self.db, envelope.id.0, Waiting::Unsent)?;
                    }
                }
                Err(_) if pending.state == Waiting::Unsent => {
                    outbox::set_state(self.db, envelope.id.0, Waiting::Conflicting)?;
                }
                Err(_) => {}
            }
        }
        Ok(())
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

    fn touch(&mut self, kind: &str, id: Uuid) {
        match store::wanted_kind(kind) {
            Some(Kind::Setting) => self.changed.setup = true,
            Some(kind @ (Kind::Incident | Kind::Signal)) => {
                self.changed.records.insert((kind, id));
            }
            Some(Kind::Entry) | None => {}
        }
    }
}
