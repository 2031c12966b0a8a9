//! A server put back from an old backup: the log is shorter and goes on under another epoch, and whatever it
//! lost comes back from the desks that did it.

use std::collections::BTreeSet;

use incident::{CommandId, Timestamp};
use protocol::{Fault, FaultCode, PushRequest};

use super::model::Model;
use super::{Plant, World};

/// In one of so many runs the server is put back from a backup.
const RESTORED_RUNS: u64 = 4;
/// Longer than the server waits for what may still come from a desk.
const WAITED_MS: i64 = 8 * 24 * 60 * 60 * 1_000;

/// Backups, and what was lost with what came after them.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Whether backups are made and put back in this run.
    pub(super) has_restores: bool,
    /// Whether one was put back.
    is_restored: bool,
    /// Accepted commands that the last backup covers: a desk may forget them.
    pub(super) covered: BTreeSet<CommandId>,
    /// Refusals that were told and are in no log any more.
    pub(super) lost_refusals: BTreeSet<CommandId>,
}

impl Past {
    /// Of a run; the stories of the other runs stay what they are.
    pub(super) fn of(seed: u64) -> Self {
        Self { has_restores: seed.is_multiple_of(RESTORED_RUNS), ..Self::default() }
    }
}

impl World {
    /// A backup is made and read back; desks forget what it covers.
    pub(super) fn backs_up(&mut self) -> Result<(), String> {
        let Some(seq) = self.office.back_up()? else { return Ok(()) };
        let covered =
            self.model.settled.iter().filter(|(_, outcome)| outcome.is_accepted && outcome.seq <= seq);
        self.past.covered = covered.map(|(id, _)| *id).collect();
        self.spoil_backup()?;
        self.say(format!("a backup covers the log up to {seq}"));
        Ok(())
    }

    /// The server breaks, and the last backup is put back.
    pub(super) fn server_restored(&mut self) -> Result<(), String> {
        let listening = self.office.listening();
        if !self.office.restore(Timestamp::from_millis(self.now))? {
            return Ok(());
        }
        self.tally.crashes += 1;
        self.past.is_restored = true;
        let before = std::mem::take(&mut self.model);
        self.office.sends_again()?;
        self.model_reads_on()?;
        self.forget_refusals_of(&before);
        self.say(format!("the server is put back from a backup: {} was {}", self.model.seq, before.seq));
        for (desk, life) in listening {
            if self.chance.percent(60) && self.desks[desk].line.life == life {
                self.line_ended(desk, "reset")?;
            }
        }
        self.news()
    }

    fn forget_refusals_of(&mut self, before: &Model) {
        let refused = before.settled.iter().filter(|(_, outcome)| !outcome.is_accepted);
        let lost = refused.map(|(id, _)| *id).filter(|id| !self.model.settled.contains_key(id));
        self.past.lost_refusals.extend(lost);
    }

    /// What waits for a desk that has nothing more to send is refused when nobody waits any more.
    pub(super) fn waits_no_more(&mut self) {
        if self.past.is_restored {
            self.now += WAITED_MS;
            self.office.set_clock(Timestamp::from_millis(self.now));
            self.say("a week passes");
        }
    }

    /// A desk learns that the server follows another history.
    pub(super) fn starts_over(&mut self, place: usize, push: Option<&PushRequest>) -> Result<(), String> {
        if !self.past.is_restored {
            return Err(format!("desk {place} is said to follow another history"));
        }
        let (wall, jitter) = (self.desks[place].wall(self.now), self.chance.part());
        let Some((replica, _)) = self.desks[place].parts() else { return Ok(()) };
        if let Some(push) = push {
            replica.push_failed(push, "another history", wall, jitter).map_err(|error| error.to_string())?;
        }
        replica.start_over(wall).map_err(|error| error.to_string())?;
        self.say(format!("desk {place}: starts over"));
        self.check_desk(place, None)?;
        self.line_ended(place, "another history")
    }

    /// A push was not taken as a whole.
    pub(super) fn push_not_taken(
        &mut self,
        place: usize,
        push: &PushRequest,
        fault: &Fault,
    ) -> Result<(), String> {
        if fault.code == FaultCode::LogDiverged {
            return self.starts_over(place, Some(push));
        }
        Err(format!("a push was not taken: {}", fault.message))
    }

    fn spoil_backup(&self) -> Result<(), String> {
        if self.plant == Some(Plant::SafeTooSoon) { self.office.claims_all_safe() } else { Ok(()) }
    }
}
