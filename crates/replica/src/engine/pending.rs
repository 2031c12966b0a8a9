//! The outbox from outside: what to send, what failed, what may be taken back, what needs a look.

use std::collections::BTreeSet;

use incident::{CommandId, Refusal, RefusalCode, Subject, Timestamp};
use protocol::{BODY_MAX, Outcome, PUSH_MAX, PushRequest, Verdict};
use rusqlite::Connection;
use uuid::Uuid;

use super::{Changed, Replica, replay};
use crate::Error;
use crate::store::{self, Attended, Outlook, Pending, Waiting, outbox, settled};

/// Shortest and longest wait between two tries, in milliseconds.
const RETRY_MS: (i64, i64) = (500, 30_000);
/// How long a command that was handed over waits to be settled before it is sent again, in milliseconds.
const ASK_AGAIN_MS: i64 = 30_000;
/// Bytes of commands in one push; the rest of the body is its envelope.
const PUSH_BYTES_MAX: usize = BODY_MAX - 4_096;

impl Replica {
    /// What is due to be sent at `now`, in order, and from now on counted as sent. Whatever is not settled
    /// is due again later, so a lost answer stalls nothing. A command that waits holds back later ones on
    /// the same records, and no others.
    pub fn next_push(&mut self, now: Timestamp) -> Result<Option<PushRequest>, Error> {
        let tx = self.db().unchecked_transaction()?;
        let (mut commands, mut bytes, mut held) = (Vec::new(), 0, Held::default());
        for pending in Pending::all(&tx)? {
            if held.holds(&pending) {
                continue;
            }
            if !is_due(&pending, now) {
                held.hold(&pending);
                continue;
            }
            bytes += serde_json::to_vec(&pending.envelope)?.len() + 1;
            if commands.len() == PUSH_MAX || bytes > PUSH_BYTES_MAX {
                break;
            }
            outbox::hand_over(&tx, pending.seq, now.plus_millis(ASK_AGAIN_MS).millis())?;
            commands.push(pending.envelope);
        }
        tx.commit()?;
        let epoch = store::meta(self.db(), "epoch")?.and_then(|text| text.parse().ok());
        Ok((!commands.is_empty()).then_some(PushRequest { desk: self.desk(), epoch, commands }))
    }

    /// When something is due to be sent; none while nothing waits.
    pub fn next_push_at(&self) -> Result<Option<Timestamp>, Error> {
        let mut held = Held::default();
        let mut soonest: Option<i64> = None;
        for pending in Pending::all(self.db())? {
            if held.holds(&pending) {
                continue;
            }
            held.hold(&pending);
            soonest = Some(soonest.map_or(pending.next_try, |at| at.min(pending.next_try)));
        }
        Ok(soonest.map(Timestamp::from_millis))
    }

    /// The server has answered. What it refused, and what it accepted at a place this copy has reached, is
    /// settled; what it accepted later comes with a frame; what it deferred is tried again.
    pub fn push_answered(
        &mut self,
        outcomes: &[Outcome],
        now: Timestamp,
        jitter: f64,
    ) -> Result<Changed, Error> {
        let at = self.offset.corrected(now);
        let tx = self.db().unchecked_transaction()?;
        let reached: u64 = store::meta(&tx, "cursor")?.and_then(|text| text.parse().ok()).unwrap_or(0);
        let epoch = store::meta(&tx, "epoch")?.and_then(|text| text.parse::<Uuid>().ok());
        let mut changed = Changed::default();
        let mut settles = false;
        for outcome in outcomes {
            match (&outcome.verdict, epoch) {
                (Verdict::Accepted { seq }, Some(epoch)) if *seq <= reached => {
                    settled::accepted(&tx, outcome.id, epoch, *seq)?;
                    settles = true;
                }
                (Verdict::Accepted { .. }, _) => {
                    outbox::answered(&tx, outcome.id, now.plus_millis(ASK_AGAIN_MS).millis())?;
                }
                (Verdict::Refused { refusal }, _) => {
                    changed.attention |= settled::refused(&tx, outcome.id, refusal, at)?;
                    settles = true;
                }
                (Verdict::Deferred, _) => {
                    put_off(&tx, outcome.id, "the server waits for what it builds on", now, jitter)?;
                }
            }
        }
        if settles {
            let rewound = replay::rewind(&tx)?;
            changed.records = replay::all(&tx, &self.live().setup, rewound)?;
        }
        tx.commit()?;
        self.follow(&mut changed, at)?;
        Ok(changed)
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
            put_off(&tx, envelope.id, why, now, jitter)?;
        }
        Ok(tx.commit()?)
    }

    /// The server will never take these commands as they are: they go to attention, words and all.
    pub fn push_rejected(&mut self, push: &PushRequest, why: &str, now: Timestamp) -> Result<Changed, Error> {
        let at = self.offset.corrected(now);
        let tx = self.db().unchecked_transaction()?;
        let mut changed = Changed::default();
        let rewound = replay::rewind(&tx)?;
        for envelope in &push.commands {
            let verb = envelope.command.verb();
            let refusal = Refusal {
                code: RefusalCode::Invalid,
                verb,
                clause: verb.rule().clause.into(),
                what: format!("{}: the server could not take it: {why}", verb.rule().label),
                instead: "Do it again with these words; if it happens twice, update this desk.".into(),
                exception_by: Vec::new(),
                field: None,
            };
            changed.attention |= settled::refused(&tx, envelope.id, &refusal, at)?;
        }
        changed.records = replay::all(&tx, &self.live().setup, rewound)?;
        tx.commit()?;
        self.follow(&mut changed, at)?;
        Ok(changed)
    }

    /// The line is back: whatever waits is due at once, also what was sent and never settled.
    pub fn line_is_back(&mut self) -> Result<(), Error> {
        outbox::try_now(self.db())
    }

    /// Takes a command back that has not left this computer and that nothing done later builds on. Once it
    /// has, only a new command undoes it.
    pub fn withdraw(&mut self, id: CommandId, now: Timestamp) -> Result<Option<Changed>, Error> {
        let at = self.offset.corrected(now);
        let tx = self.db().unchecked_transaction()?;
        let before = Pending::all(&tx)?;
        let Some(found) = before.iter().find(|pending| pending.envelope.id == id) else { return Ok(None) };
        if found.sent > 0 {
            return Ok(None);
        }
        let rewound = replay::rewind(&tx)?;
        outbox::take(&tx, id)?;
        let records = replay::all(&tx, &self.live().setup, rewound)?;
        let mut changed = Changed { records, ..Changed::default() };
        let conflicting = |list: Vec<Pending>| -> BTreeSet<i64> {
            let list = list.into_iter().filter(|pending| pending.outlook == Outlook::Conflicting);
            list.map(|pending| pending.seq).collect()
        };
        if !conflicting(Pending::all(&tx)?).is_subset(&conflicting(before)) {
            return Ok(None);
        }
        tx.commit()?;
        self.follow(&mut changed, at)?;
        Ok(Some(changed))
    }

    /// Commands that wait here, and commands on their way.
    pub fn waiting(&self) -> Result<(u32, u32), Error> {
        outbox::counts(self.db())
    }

    /// Which records have waiting commands: unsent, on their way, or likely to be refused.
    pub fn marks(&self) -> Result<Vec<(Uuid, crate::view::Pending)>, Error> {
        let mark = |(id, waiting, outlook)| {
            let mark = match (outlook, waiting) {
                (Outlook::Conflicting, _) => crate::view::Pending::Conflicting,
                (Outlook::Fits, Waiting::Unsent) => crate::view::Pending::Unsent,
                (Outlook::Fits, Waiting::Sending | Waiting::Answered) => crate::view::Pending::Sending,
            };
            (id, mark)
        };
        Ok(outbox::marks(self.db())?.into_iter().map(mark).collect())
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
        command.subjects().first().map(|subject| subject.id())
    }
}

/// Records on which something waits that is not due.
#[derive(Default)]
struct Held(BTreeSet<Subject>);

impl Held {
    /// Whether the command comes after one that waits; then what it touches is held too.
    fn holds(&mut self, pending: &Pending) -> bool {
        let subjects = pending.envelope.command.subjects();
        let held = subjects.iter().any(|subject| self.0.contains(subject));
        if held {
            self.0.extend(subjects);
        }
        held
    }

    /// Holds back what comes after this command; one the server has holds nothing back.
    fn hold(&mut self, pending: &Pending) {
        if pending.state != Waiting::Answered {
            self.0.extend(pending.envelope.command.subjects());
        }
    }
}

/// Whether a command is to be sent now. A time further ahead than any wait is a clock that was set back.
fn is_due(pending: &Pending, now: Timestamp) -> bool {
    let wait = Timestamp::from_millis(pending.next_try).since(now);
    wait <= 0 || wait > RETRY_MS.1.max(ASK_AGAIN_MS)
}

/// Twice as long each time, capped, and spread by `jitter` (0 to 1), so that desks do not come back at once.
fn put_off(db: &Connection, id: CommandId, why: &str, now: Timestamp, jitter: f64) -> Result<(), Error> {
    let wait = wait_ms(outbox::failures(db, id)?, jitter);
    outbox::put_off(db, id, now.plus_millis(wait).millis(), why)
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
