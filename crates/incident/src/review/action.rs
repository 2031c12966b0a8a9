//! Preventive actions (§3.7): one owner, one thing to do, a date, evidence, and whether it helped.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::log::Statement;
use crate::oversight::DAY;
use crate::{ActionId, IncidentId, PersonId, Timestamp};

/// Where an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActionState {
    /// To be done.
    Open,
    /// Done, says its owner, with evidence.
    Done,
    /// Somebody else has seen that it is done.
    Verified,
}

/// Whether an action helped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// It is not verified, no number of days is set, or nobody has said since they were over: nobody can tell.
    CannotTell,
    /// Its days are not over.
    Watched {
        /// Until when.
        until: Timestamp,
    },
    /// Its days are over, and somebody has said since that it was enough.
    Worked,
    /// It came again.
    CameAgain {
        /// How.
        incidents: Vec<IncidentId>,
    },
}

/// A preventive action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Action {
    /// The action.
    pub id: ActionId,
    /// Its one owner.
    pub owner: PersonId,
    /// What to do, verb first.
    pub text: String,
    /// By when.
    pub due_by: Timestamp,
    /// Where it stands.
    pub state: ActionState,
    /// The evidence that it is done.
    pub evidence: Option<Statement>,
    /// Who has seen it.
    pub verified: Option<Statement>,
    /// Until when its effect is watched.
    pub watched_until: Option<Timestamp>,
    /// Incidents of the kind that came while it was watched.
    pub came_again: Vec<IncidentId>,
    /// Why it stands: although it came again, until the next one, or because it did not.
    pub upheld: Option<Statement>,
    /// How often it was reopened.
    pub reopened: u32,
    /// The first date that passed before it was done; a later date takes nothing back.
    #[serde(default)]
    pub missed: Option<Timestamp>,
}

impl Action {
    pub(super) const fn new(id: ActionId, owner: PersonId, text: String, due_by: Timestamp) -> Self {
        Self {
            id,
            owner,
            text,
            due_by,
            state: ActionState::Open,
            evidence: None,
            verified: None,
            watched_until: None,
            came_again: Vec::new(),
            upheld: None,
            reopened: 0,
            missed: None,
        }
    }

    /// Whether it helped, as far as that can be said at `now`.
    pub fn effect(&self, now: Timestamp) -> Effect {
        match (self.state, self.watched_until) {
            (ActionState::Verified, _) if !self.came_again.is_empty() => {
                Effect::CameAgain { incidents: self.came_again.clone() }
            }
            (ActionState::Verified, Some(until)) if now < until => Effect::Watched { until },
            (ActionState::Verified, Some(_)) if self.upheld.is_some() => Effect::Worked,
            (ActionState::Open | ActionState::Done | ActionState::Verified, _) => Effect::CannotTell,
        }
    }

    /// Whether somebody has to say if it was enough: it came again, and nobody has upheld it since.
    pub const fn is_in_doubt(&self) -> bool {
        !self.came_again.is_empty() && self.upheld.is_none()
    }

    /// Whether its effect is still to be said: it was watched, nothing was heard of the kind, and nobody has said so.
    pub const fn is_watched(&self) -> bool {
        self.watched_until.is_some() && self.came_again.is_empty() && self.upheld.is_none()
    }

    /// Whether somebody has to say now if it was enough: it came again, or its days are over.
    pub fn is_to_be_judged(&self, now: Timestamp) -> bool {
        self.is_in_doubt() || self.is_watched() && self.watched_until.is_some_and(|until| until <= now)
    }

    pub(super) fn finish(&mut self, evidence: Statement) {
        self.state = ActionState::Done;
        self.evidence = Some(evidence);
    }

    pub(super) fn verify(&mut self, verified: Statement, days: Option<u32>) {
        self.watched_until = days.map(|days| verified.at.plus_millis(i64::from(days) * DAY));
        self.state = ActionState::Verified;
        self.verified = Some(verified);
    }

    /// An incident of its kind came: a reason to ask, nothing else, while its effect is watched.
    pub(super) fn heard_of(&mut self, incident: IncidentId, logged_at: Timestamp) {
        let since = self.verified.as_ref().map(|verified| verified.at);
        let is_watched = since.is_some_and(|since| since < logged_at)
            && self.watched_until.is_some_and(|until| logged_at < until);
        if is_watched && !self.came_again.contains(&incident) {
            self.came_again.push(incident);
            self.upheld = None;
        }
    }

    /// The first date that passed before it was done, as far as `now` can tell.
    pub fn missed_by(&self, now: Timestamp) -> Option<Timestamp> {
        let done = self.evidence.as_ref().map_or(now, |said| said.at);
        self.missed.or_else(|| (self.due_by < done).then_some(self.due_by))
    }

    /// It is to be done again, or by somebody else; only what was done is opened again.
    pub(super) fn reopen(&mut self, owner: PersonId, due_by: Timestamp, at: Timestamp) {
        let missed = self.missed_by(at);
        let reopened = self.reopened.saturating_add(u32::from(self.state != ActionState::Open));
        let text = std::mem::take(&mut self.text);
        *self = Self { reopened, missed, ..Self::new(self.id, owner, text, due_by) };
    }
}
