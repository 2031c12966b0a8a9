//! Closing (§3.1 Closure): what a record still owes before its formal end, and what is known of the client's
//! validation.
//!
//! Nothing here closes: `command/close.rs` does, and `command/server/auto_close.rs` where an agreement says so.

mod asked;
mod auto_close;
mod debt;
mod fix;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::communication::Answer;
use crate::event::{Event, Fact};
use crate::log::{Breach, Incident};
use crate::setup::Setup;
use crate::{PersonId, Timestamp};

pub(crate) use asked::{asked, awaited, of_the_room};
pub use auto_close::{Silence, silence};
pub use debt::{Debt, Owing, Weight, debt};
pub(crate) use fix::{as_planned, fix_owed};

/// The house's own rules of closing; every number and list is its own (ruling 15).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "ClosingRules")]
pub struct Rules {
    /// Attempts to reach the client before silence may close; absent means that one is enough.
    #[serde(default)]
    pub attempts: Option<u32>,
    /// Reasons to choose from when a target was not met; empty means free words alone.
    #[serde(default)]
    pub breach_reasons: Vec<String>,
}

/// Why a target was not met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BreachReason {
    /// Which clock.
    pub clock: ClockKind,
    /// The reason, from the house's list where it keeps one.
    pub reason: String,
    /// In words.
    pub text: String,
    /// Who said so.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// The deadline that it speaks of; reasons of before that was kept speak of all that had passed by then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub due: Option<Timestamp>,
}

impl BreachReason {
    /// Whether it says why this target was not met.
    fn explains(&self, breach: &Breach) -> bool {
        self.clock == breach.clock && self.due.map_or(self.at >= breach.due, |due| due == breach.due)
    }
}

/// A permanent fix that is still to come after a workaround (§3.1 Resolution & Recovery).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PermanentFix {
    /// Who owns it.
    pub owner: PersonId,
    /// By when.
    pub due_by: Timestamp,
    /// The problem or change it is followed under.
    pub reference: String,
    /// When that was agreed.
    pub at: Timestamp,
}

/// What an incident holds of its closing: the fold of its events.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Closing {
    /// Reasons given for targets that were not met.
    pub breach_reasons: Vec<BreachReason>,
    /// Resolution steps on record when the workaround was applied.
    pub steps_at_workaround: Option<u32>,
    /// The permanent fix that is planned.
    pub permanent_fix: Option<PermanentFix>,
    /// Why it was closed without the client's confirmation.
    pub unconfirmed_reason: Option<String>,
    /// How often it was closed.
    pub closures: u32,
}

impl Closing {
    /// Takes in an event; `steps` are the resolution steps before it, `explained` the deadline that a reason is
    /// given for.
    fn take(&mut self, event: &Event, steps: u32, explained: Option<Timestamp>) {
        let (at, by) = (event.at, event.actor);
        match &event.fact {
            Fact::WorkaroundApplied { .. } => self.steps_at_workaround = Some(steps),
            Fact::BreachExplained { clock, reason, text } => {
                let (clock, reason, text) = (*clock, reason.clone(), text.clone());
                self.breach_reasons.push(BreachReason { clock, reason, text, by, at, due: explained });
            }
            Fact::PermanentFixPlanned { owner, due_by, reference } => {
                let reference = reference.clone();
                self.permanent_fix = Some(PermanentFix { owner: *owner, due_by: *due_by, reference, at });
            }
            Fact::Closed { unconfirmed_reason, .. } => {
                self.unconfirmed_reason.clone_from(unconfirmed_reason);
                self.closures = self.closures.saturating_add(1);
            }
            _ => {}
        }
    }

    /// The recorded breaches that nobody has given a reason for, by clock and the earliest first; each needs its own
    /// (decision 130), and one that was none needs none.
    pub(crate) fn unexplained<'a>(&self, incident: &'a Incident) -> Vec<&'a Breach> {
        let is_owed = |breach: &&Breach| {
            !self.breach_reasons.iter().any(|given| given.explains(breach)) && !incident.is_corrected(breach)
        };
        let mut owed: Vec<_> = incident.breaches.iter().filter(is_owed).collect();
        owed.sort_by_key(|breach| (breach.clock, breach.due));
        owed
    }

    /// Whether a workaround stands and nothing was done since, nor is planned, to repair what it goes round.
    pub(crate) fn is_fix_outstanding(&self, incident: &Incident) -> bool {
        self.is_only_gone_round(incident) && self.plan_for(incident).is_none()
    }

    /// The permanent fix that is planned, while nothing was done.
    fn planned_fix(&self, incident: &Incident) -> Option<&PermanentFix> {
        self.plan_for(incident).filter(|_| self.is_only_gone_round(incident))
    }

    /// The plan for what the workaround goes round: made since, or still to be done. One of before whose step is on
    /// record speaks of something else (decision 187).
    pub(crate) fn plan_for(&self, incident: &Incident) -> Option<&PermanentFix> {
        let workaround = incident.workaround.as_ref()?;
        let is_done = |fix: &PermanentFix| incident.trail.last_step.is_some_and(|step| fix.at < step.at);
        self.permanent_fix.as_ref().filter(|fix| workaround.at <= fix.at || !is_done(fix))
    }

    /// Whether a workaround stands and nothing was done since.
    pub(crate) fn is_only_gone_round(&self, incident: &Incident) -> bool {
        incident.workaround.is_some() && self.steps_at_workaround.is_some_and(|steps| incident.steps <= steps)
    }
}

/// Takes in an event. A reason is that of the earliest breach of its clock that has none.
pub(crate) fn take(incident: &mut Incident, event: &Event) {
    let explained = match &event.fact {
        Fact::BreachExplained { clock, .. } => {
            let mut owed = incident.closing.unexplained(incident).into_iter();
            owed.find(|breach| breach.clock == *clock).map(|breach| breach.due)
        }
        _ => None,
    };
    incident.closing.take(event, incident.steps, explained);
}

/// What is known of the client's validation (§3.1 Closure): asked for, never invented (ruling 13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "validation", rename_all = "snake_case")]
pub enum Validation {
    /// Nothing yet.
    Open,
    /// The client says that service is back.
    Confirmed {
        /// Who said so.
        contact: String,
        /// When.
        at: Timestamp,
    },
    /// The client says that it is not.
    Disputed {
        /// Who said so.
        contact: String,
        /// When.
        at: Timestamp,
    },
    /// Asked, without an answer.
    NoAnswer {
        /// How often.
        attempts: u32,
    },
    /// Closed without asking.
    NotAsked {
        /// Why.
        reason: String,
    },
}

/// The client's validation of an incident.
pub fn validation(incident: &Incident) -> Validation {
    match (&incident.confirmation, &incident.closing.unconfirmed_reason) {
        (Some(said), _) => match said.answer {
            Answer::Confirmed => Validation::Confirmed { contact: said.contact.clone(), at: said.at },
            Answer::Disputed => Validation::Disputed { contact: said.contact.clone(), at: said.at },
            Answer::NoAnswer => Validation::NoAnswer { attempts: incident.confirmation_attempts },
        },
        (None, Some(reason)) => Validation::NotAsked { reason: reason.clone() },
        (None, None) => Validation::Open,
    }
}

/// Attempts that are still to be made before silence may close, by the number in force when service was restored.
pub(crate) fn attempts_left(incident: &Incident, setup: &Setup) -> u32 {
    let since = incident.restored.as_ref().map_or(incident.logged.at, |restored| restored.at);
    let attempts = setup.house_at(since).and_then(|house| house.closing.attempts);
    attempts.unwrap_or(1).saturating_sub(incident.confirmation_attempts)
}
