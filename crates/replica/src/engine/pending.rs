//! The outbox from outside: what to send, what failed, what may be taken back, what needs a look.

use incident::{CommandId, Timestamp, decide};
use protocol::{Outcome, PUSH_MAX, PushRequest, Verdict};
use rusqlite::params;
use uuid::Uuid;

use super::{Changed, Replica, load, subject_id, write_events};
use crate::Error;
use crate::store::{Attended, Pending, Waiting, outbox, rows, settled};

/// Shortest and longest wait between two tries, in milliseconds.
const RETRY_MS: (i64, i64) = (500, 30_000);

impl Replica {
    /// What is due to be sent at `now`, in order. Asking changes nothing: a lost answer is asked again.
    pub fn next_push(&self, now: Timestamp) -> Result<Option<PushRequest>, Error> {
        let due = |pending: &Pending| pending.state != Waiting::Sending && pending.next_try <= now.millis();
        let pending = Pending::all(self.db())?.into_iter().filter(due).take(PUSH_MAX);
        let commands: Vec<_> = pending.map(|pending| pending.envelope).collect();
        Ok((!commands.is_empty()).then_some(PushRequest { desk: self.desk(), commands }))
    }

    /// When something is due to be sent; none while nothing waits.
    pub fn next_push_at(&self) -> Result<Option<Timestamp>, Error> {
        let sql = "SELECT min(next_try) FROM outbox WHERE state <> 1";
        let at: Option<i64> = self.db().prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(at.map(Timestamp::from_millis))
    }

    /// The server has answered: what it settled comes with the next frame, what it deferred is tried again.
    pub fn push_answered(&mut self, outcomes: &[Outcome], now: Timestamp, jitter: f64) -> Result<(), Error> {
        let tx = self.db().unchecked_transaction()?;
        for outcome in outcomes {
            match &outcome.verdict {
                Verdict::Accepted { .. } | Verdict::Refused { .. } => {
                    outbox::set_state(&tx, outcome.id.0, Waiting::Sending)?;
                }
                Verdict::Deferred => {
                    put_off(&tx, outcome.id.0, "the server waits for what it builds on", now, jitter)?
                }
            }
        }
        Ok(tx.commit()?)
    }

    /// A push failed on the way: every command of it is tried again later, a little later each time.
    pub fn push_failed(
        &mut self,
        push: &PushRequest,
        why: &str,
        now: Timestamp,
        jitter: f64,
    ) -> Result<(), Error> {
        let tx = self.db().unchecked_transaction()?;
        for envelope in &push.commands {
            put_off(&tx, envelope.id.0, why, now, jitter)?;
        }
        Ok(tx.commit()?)
    }

    /// The line is back: whatever waits is due at once, also what was sent and never settled.
    pub fn line_is_back(&mut self) -> Result<(), Error> {
        outbox::try_now(self.db())?;
        self.db().execute("UPDATE outbox SET state = 0 WHERE state = 1", [])?;
        Ok(())
    }

    /// Takes a command back that has not left this computer. Once it has, only a new command undoes it.
    pub fn withdraw(&mut self, id: CommandId, now: Timestamp) -> Result<Option<Changed>, Error> {
        let at = self.offset.corrected(now);
        let pending = Pending::all(self.db())?;
        let Some(found) = pending.iter().find(|pending| pending.envelope.id == id) else { return Ok(None) };
        if found.state == Waiting::Sending || found.tries > 0 {
            return Ok(None);
        }
        let tx = self.db().unchecked_transaction()?;
        let mut changed = Changed::default();
        let known = |(kind, id): (String, Uuid)| crate::store::wanted_kind(&kind).map(|kind| (kind, id));
        changed.records.extend(rows::rewind(&tx)?.into_iter().filter_map(known));
        outbox::take(&tx, id.0)?;
        for pending in pending.iter().filter(|pending| pending.envelope.id != id) {
            let envelope = &pending.envelope;
            let mut records = load(&tx, self.live(), &envelope.command.subjects())?;
            if let Ok(events) = decide(&records, &pending.actor, envelope.claim.at, &envelope.command) {
                changed.records.extend(write_events(&tx, &mut records, envelope.id, &events)?);
            }
        }
        tx.commit()?;
        changed.records.retain(|(kind, _)| *kind != protocol::Kind::Entry);
        self.follow(&changed, at)?;
        Ok(Some(changed))
    }

    /// Commands that wait here, and commands on their way.
    pub fn waiting(&self) -> Result<(u32, u32), Error> {
        outbox::counts(self.db())
    }

    /// Which records have waiting commands: unsent, on their way, or likely to be refused.
    pub fn marks(&self) -> Result<Vec<(Uuid, crate::view::Pending)>, Error> {
        let marks = outbox::marks(self.db())?.into_iter();
        Ok(marks
            .map(|(id, waiting)| {
                let mark = match waiting {
                    Waiting::Unsent => crate::view::Pending::Unsent,
                    Waiting::Sending => crate::view::Pending::Sending,
                    Waiting::Conflicting => crate::view::Pending::Conflicting,
                };
                (id, mark)
            })
            .collect())
    }

    /// The command, while it still waits.
    pub fn waiting_command(&self, id: CommandId) -> Result<Option<incident::Command>, Error> {
        let pending = Pending::all(self.db())?;
        Ok(pending.into_iter().find(|p| p.envelope.id == id).map(|p| p.envelope.command))
    }

    /// Refused commands with the person's words, newest first.
    pub fn attention(&self) -> Result<Vec<crate::Refused>, Error> {
        let attended = settled::attention(self.db())?.into_iter();
        Ok(attended
            .map(|Attended { envelope, refusal, at }| crate::Refused { envelope, refusal, at })
            .collect())
    }

    /// How many refused commands wait for a look.
    pub fn attention_count(&self) -> Result<u32, Error> {
        settled::attention_count(self.db())
    }

    /// The person has dealt with a refused command.
    pub fn settle_attention(&mut self, id: CommandId) -> Result<(), Error> {
        settled::settle(self.db(), id)
    }

    /// Keeps what is being typed; an empty body forgets it.
    pub fn save_draft(&mut self, key: &str, body: &str, now: Timestamp) -> Result<(), Error> {
        settled::save_draft(self.db(), key, body, now)
    }

    /// What was being typed.
    pub fn draft(&self, key: &str) -> Result<Option<String>, Error> {
        settled::draft(self.db(), key)
    }

    /// The first record a command touches, for marks.
    pub fn subject_of(command: &incident::Command) -> Option<Uuid> {
        command.subjects().first().map(|subject| subject_id(*subject).1)
    }
}

/// Twice as long each time, capped, and spread by `jitter` (0 to 1), so that desks do not come back at once.
fn put_off(db: &rusqlite::Connection, id: Uuid, why: &str, now: Timestamp, jitter: f64) -> Result<(), Error> {
    let tries: u32 = db
        .prepare_cached("SELECT tries FROM outbox WHERE id = ?1")?
        .query_row(params![id.as_bytes()], |row| row.get(0))
        .unwrap_or(0);
    outbox::put_off(db, id, now.plus_millis(wait_ms(tries, jitter)).millis(), why)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a wait of at most 30 s")]
fn wait_ms(tries: u32, jitter: f64) -> i64 {
    let (first, most) = RETRY_MS;
    let full = first.saturating_mul(1_i64 << tries.min(16)).min(most);
    full / 2 + (full as f64 / 2.0 * jitter.clamp(0.0, 1.0)) as i64
}

#[cfg(test)]
mod tests {
    use super::wait_ms;

    #[test]
    fn waits_grow_are_capped_and_spread() {
        assert_eq!((wait_ms(0, 0.0), wait_ms(0, 1.0)), (250, 500));
        assert_eq!((wait_ms(3, 0.0), wait_ms(3, 1.0)), (2_000, 4_000));
        assert_eq!((wait_ms(60, 0.0), wait_ms(60, 1.0)), (15_000, 30_000));
    }
}
