//! One command: recognised if it came before, decided with full authority, written with its outcome.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use incident::command::LookUp;
use incident::event::Subject;
use incident::{
    Actor, Command, CommandId, DeskId, Event, Fact, PersonId, Records, Refusal, RefusalCode, Timestamp,
};
use protocol::{ClockClaim, Outcome, Verdict};
use rusqlite::{OptionalExtension, params};

use super::append::Line;
use super::chain::body_hash;
use super::column::{Hash, stored};
use super::record;
use super::{Error, Writing};

/// A command as somebody hands it in.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Whose session it came through; never taken from the envelope.
    pub person: PersonId,
    /// From which desk.
    pub desk: DeskId,
    /// Its place in the desk's order.
    pub desk_seq: u64,
    /// Its id.
    pub id: CommandId,
    /// When the person acted; `None` is now.
    pub claim: Option<ClockClaim>,
    /// The command.
    pub command: Command,
    /// Numbers that the incident which it logs had before the log was restored.
    pub former_numbers: BTreeSet<u32>,
}

/// What the store says of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ruling {
    /// It is settled, now or long ago.
    Settled(Outcome),
    /// Its id belongs to another command: nothing was done.
    Reused,
}

/// The desk of the server's own commands.
const SERVER_DESK: DeskId = DeskId(uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0003));

impl Submission {
    /// A command of the server itself, now.
    pub const fn of_server(id: CommandId, command: Command) -> Self {
        Self {
            person: PersonId::SERVER,
            desk: SERVER_DESK,
            desk_seq: 0,
            id,
            claim: None,
            command,
            former_numbers: BTreeSet::new(),
        }
    }
}

/// A command settled before.
struct Prior {
    actor: [u8; 16],
    body_hash: Hash,
    desk_seq: i64,
    verdict: String,
}

impl Writing<'_> {
    /// Settles one command. An `Err` is the world's failure: what was written of the command goes with the
    /// transaction, which must not go on then.
    pub fn settle_command(&mut self, submission: &Submission) -> Result<Ruling, Error> {
        let hash = body_hash(&submission.command)?;
        if let Some(prior) = self.prior(submission.id)? {
            return recall(submission, &hash, &prior);
        }
        let before = self.live.clone();
        let verdict = match self.rule(submission) {
            Ok(seq) => Verdict::Accepted { seq },
            Err(Stop::Refused(refusal)) => {
                self.live = before;
                self.refusal(*refusal)
            }
            Err(Stop::Failed(error)) => return Err(error),
        };
        let outcome = Outcome { id: submission.id, desk_seq: submission.desk_seq, verdict };
        // What the server refuses itself is asked again when the world has changed.
        let is_final = match &outcome.verdict {
            Verdict::Accepted { .. } => true,
            Verdict::Refused { .. } => submission.person != PersonId::SERVER,
            Verdict::Deferred => false,
        };
        if is_final {
            self.log_outcome(submission, &hash, &outcome)?;
        }
        Ok(Ruling::Settled(outcome))
    }

    /// Sets a command aside that broke the server: its outcome says so, and it is never tried again.
    pub(crate) fn set_aside(&mut self, submission: &Submission) -> Result<Ruling, Error> {
        let verdict = Verdict::Refused { refusal: refusal::not_understood(&submission.command) };
        let outcome = Outcome { id: submission.id, desk_seq: submission.desk_seq, verdict };
        self.log_outcome(submission, &body_hash(&submission.command)?, &outcome)?;
        Ok(Ruling::Settled(outcome))
    }

    fn prior(&self, id: CommandId) -> Result<Option<Prior>, Error> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT actor, body_hash, desk_seq, verdict FROM command_log WHERE id = ?1")?;
        let found = statement.query_row([id.0.into_bytes()], |row| {
            Ok(Prior {
                actor: row.get(0)?,
                body_hash: row.get(1)?,
                desk_seq: row.get(2)?,
                verdict: row.get(3)?,
            })
        });
        Ok(found.optional()?)
    }

    /// Decides and writes the events. Whatever refuses does so before anything is written; what it did to the
    /// configuration in memory is the caller's to undo.
    fn rule(&mut self, submission: &Submission) -> Result<u64, Stop> {
        let command = &submission.command;
        let setup = self.setup_handle();
        let actor = if submission.person == PersonId::SERVER {
            Actor::server()
        } else {
            setup.actor(submission.person).ok_or_else(|| Stop::refused(refusal::no_longer_here(command)))?
        };
        let mut records = self.visible(submission.person, &command.subjects())?;
        let (now, uncertainty_ms) = self.acted_at(submission, &records);
        records.setup = setup;
        let is_cut_off = self.look_up(submission, &mut records, now)?;
        records.next_number = Some(self.live.next_number);
        // Where nothing was ever restored, no number was left behind.
        if self.live.recovery.is_some() {
            records.former_numbers.clone_from(&submission.former_numbers);
        }
        let decided = catch_unwind(AssertUnwindSafe(|| incident::decide(&records, &actor, now, command)));
        let Ok(decided) = decided else {
            tracing::error!(command = %submission.id, verb = ?command.verb(), "command {} broke its decision; it is set aside", submission.id);
            return Err(Stop::refused(refusal::not_understood(command)));
        };
        let mut events = decided.map_err(|refusal| Stop::Refused(Box::new(refusal)))?;
        // What this person may not see was taken out after the cut: what is left may not be all that they may see.
        if is_cut_off {
            return Err(Stop::refused(refusal::too_many(command)));
        }
        self.stamp(&mut events, &records, uncertainty_ms);
        if events.is_empty() {
            return Err(Stop::refused(refusal::nothing_changes(command)));
        }
        self.check_new(command, &events, &records)?;
        records.setup = Arc::default();
        self.fold(submission.id, &events, &mut records)?;
        self.check_reach(submission.person, command, &records)?;
        Ok(self.append(submission.id, &events, &records)?)
    }

    fn setup_handle(&self) -> Arc<incident::Setup> {
        Arc::clone(&self.live.setup)
    }

    /// The records a command names, as far as this person may see them: the rest does not exist for them.
    fn visible(&self, person: PersonId, subjects: &[Subject]) -> Result<Records, Error> {
        let mut records = Records::default();
        self.load_visible(person, subjects, &mut records)?;
        // What those look at, once: nobody needs the kin of kin.
        let kin = records.kin();
        self.load_visible(person, &kin, &mut records)?;
        Ok(records)
    }

    fn load_visible(
        &self,
        person: PersonId,
        subjects: &[Subject],
        records: &mut Records,
    ) -> Result<(), Error> {
        for subject in subjects {
            record::load_subject(self.conn, records, *subject)?;
        }
        self.hide(person, records);
        Ok(())
    }

    /// Loads what a command looks at beside what it names; whether there may be more than it asks for.
    fn look_up(&self, submission: &Submission, records: &mut Records, now: Timestamp) -> Result<bool, Error> {
        let look_ups = submission.command.look_ups(records, now);
        let mut is_cut_off = false;
        for look_up in &look_ups {
            is_cut_off |= record::load_look_up(self.conn, records, look_up)?;
        }
        self.hide(submission.person, records);
        if look_ups.iter().any(LookUp::reaches_kin) {
            let kin = records.kin();
            self.load_visible(submission.person, &kin, records)?;
        }
        Ok(is_cut_off)
    }

    /// What this person may not see does not exist for them.
    fn hide(&self, person: PersonId, records: &mut Records) {
        let setup = &self.live.setup;
        let hidden: Vec<_> = records
            .all()
            .filter(|record| !record.audience().includes(setup, person))
            .map(|record| record.subject())
            .collect();
        hidden.into_iter().for_each(|subject| records.remove(subject));
    }

    /// Nothing is begun under an id that something else has, and nobody learns whether it has.
    fn check_new(&self, command: &Command, events: &[Event], records: &Records) -> Result<(), Stop> {
        for event in events {
            let is_taken = if let Fact::Configured { setting } = &event.fact {
                record::is_of_another(self.conn, setting)?
            } else {
                records.get(event.subject).is_none() && record::exists(self.conn, event.subject.id())?
            };
            if is_taken {
                return Err(Stop::refused(Refusal::unusable_id(command.verb())));
            }
        }
        Ok(())
    }

    /// Nobody writes where they may not look.
    fn check_reach(&self, person: PersonId, command: &Command, records: &Records) -> Result<(), Stop> {
        if records.all().all(|record| record.audience().includes(&self.live.setup, person)) {
            return Ok(());
        }
        Err(Stop::refused(refusal::unknown_client(command)))
    }

    /// A refusal; while the log recovers from an old backup, what is unknown may still come.
    fn refusal(&self, refusal: Refusal) -> Verdict {
        let may_come = refusal.code == RefusalCode::Unknown
            && self.live.recovery.is_some_and(|recovery| recovery.is_under_way(self.now));
        if may_come { Verdict::Deferred } else { Verdict::Refused { refusal } }
    }

    /// Keeps the outcome for ever. One without events gets a line of the log, so that it travels like any.
    fn log_outcome(&mut self, submission: &Submission, hash: &Hash, outcome: &Outcome) -> Result<(), Error> {
        let seq = match &outcome.verdict {
            Verdict::Accepted { seq } => *seq,
            Verdict::Refused { .. } | Verdict::Deferred => self.line(&Line {
                command: submission.id,
                place: 0,
                subject_kind: "command",
                subject: submission.id.0,
                subject_rev: 1,
                kind: "command_refused",
                actor: submission.person.0,
                at: self.now.millis(),
                body: outcome,
            })?,
        };
        self.conn
            .prepare_cached(
                "INSERT INTO command_log (id, desk, desk_seq, actor, body_hash, verdict, seq, at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                submission.id.0.into_bytes(),
                submission.desk.0.into_bytes(),
                stored(submission.desk_seq),
                submission.person.0.into_bytes(),
                hash,
                serde_json::to_string(&outcome.verdict)?,
                stored(seq),
                self.now.millis(),
            ])?;
        Ok(())
    }
}

/// The outcome of long ago, for the same person and the same words alone.
fn recall(submission: &Submission, hash: &Hash, prior: &Prior) -> Result<Ruling, Error> {
    if prior.actor != submission.person.0.into_bytes() || prior.body_hash != *hash {
        return Ok(Ruling::Reused);
    }
    let verdict = serde_json::from_str(&prior.verdict)?;
    let desk_seq = super::column::counted(prior.desk_seq);
    Ok(Ruling::Settled(Outcome { id: submission.id, desk_seq, verdict }))
}

/// Why a command wrote nothing.
enum Stop {
    Refused(Box<Refusal>),
    Failed(Error),
}

impl Stop {
    fn refused(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Refusals that come from where the command came from, not from the policy's steps.
mod refusal {
    use super::{Command, Refusal, RefusalCode};

    fn new(command: &Command, code: RefusalCode, clause: &str, what: &str, instead: &str) -> Refusal {
        let rule = command.verb().rule();
        Refusal {
            code,
            verb: rule.verb,
            clause: clause.to_owned(),
            what: format!("{}: {what}", rule.label),
            instead: instead.to_owned(),
            exception_by: Vec::new(),
            field: None,
        }
    }

    pub(super) fn no_longer_here(command: &Command) -> Refusal {
        let what = "this account does not work here now";
        new(command, RefusalCode::NotPermitted, "§3.2", what, "Ask an Administrator to activate it.")
    }

    pub(super) fn unknown_client(command: &Command) -> Refusal {
        let instead = "Choose a client from your list; an Administrator decides which clients you see.";
        let mut refusal =
            new(command, RefusalCode::Unknown, "§3.2", "this client is not known here", instead);
        refusal.field = Some("client".to_owned());
        refusal
    }

    pub(super) fn too_many(command: &Command) -> Refusal {
        let clause = command.verb().rule().clause;
        let what = "there are more records to look at than it can";
        new(command, RefusalCode::TooLong, clause, what, "Choose a shorter period, or name one client.")
    }

    pub(super) fn nothing_changes(command: &Command) -> Refusal {
        let clause = command.verb().rule().clause;
        new(
            command,
            RefusalCode::NothingChanges,
            clause,
            "it would change nothing",
            "There is nothing to do.",
        )
    }

    pub(super) fn not_understood(command: &Command) -> Refusal {
        let clause = command.verb().rule().clause;
        let instead = "Your words are kept on this desk. Report it to the Administrator, with the time.";
        new(command, RefusalCode::Invalid, clause, "the server could not decide it", instead)
    }
}
