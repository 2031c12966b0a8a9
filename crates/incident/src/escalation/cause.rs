//! Causes (§3.5): what begins an escalation, and whether it still holds.
//!
//! A cause begins one run on a path and never a second one, whoever has come to owe what lapsed. Of causes of one
//! topic that are found together only the latest begins a run; the others are on record beside it (trap 53).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::doubt::{Doubt, doubts};
use super::path::DefinedPath;
use crate::agreement::ClockKind;
use crate::clock::{self, Reading};
use crate::log::Incident;
use crate::obligation::Obligation;
use crate::setup::Setup;
use crate::{Duty, MINUTE, PersonId, Severity, Timestamp};

/// Why an escalation began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Cause {
    /// So much of a target is used up. Each target, by its severity, has its own.
    Budget {
        /// The clock.
        clock: ClockKind,
        /// The share.
        percent: u32,
        /// The severity whose target it is.
        severity: Severity,
    },
    /// A duty was not done.
    DutyLapsed {
        /// The duty.
        duty: Duty,
        /// When it was due.
        due: Timestamp,
        /// Whose it was.
        owner: Option<PersonId>,
    },
    /// The person it was assigned to has not accepted it.
    NotAccepted {
        /// The person.
        person: PersonId,
        /// Since when.
        assigned_at: Timestamp,
    },
    /// The target cannot be met.
    CannotBeMet {
        /// The clock.
        clock: ClockKind,
        /// How that is known.
        because: Doubt,
    },
    /// Somebody asked for it.
    ByHand {
        /// For what.
        need: ByHand,
        /// When.
        at: Timestamp,
    },
}

/// What somebody escalates for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ByHand {
    /// It needs more attention than it gets.
    Attention,
    /// It needs additional resources.
    Resources,
}

/// What causes that supersede one another have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    Clock(ClockKind),
    Duty(Duty),
    Acceptance,
    ByHand(ByHand),
}

impl Topic {
    /// Whether an earlier cause of it may hold beside a later one: who takes notice of that one has taken notice of
    /// both.
    pub(super) const fn is_lasting(self) -> bool {
        match self {
            Self::Clock(_) | Self::ByHand(_) => true,
            Self::Duty(_) | Self::Acceptance => false,
        }
    }
}

impl Cause {
    pub(super) const fn topic(&self) -> Topic {
        match self {
            Self::Budget { clock, .. } | Self::CannotBeMet { clock, .. } => Topic::Clock(*clock),
            Self::DutyLapsed { duty, .. } => Topic::Duty(*duty),
            Self::NotAccepted { .. } => Topic::Acceptance,
            Self::ByHand { need, .. } => Topic::ByHand(*need),
        }
    }

    /// Whether it is the same one, whoever owes what lapsed by now: who takes it over takes over its ladder.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        self.of_nobody() == other.of_nobody()
    }

    /// It without whoever owed what lapsed.
    const fn of_nobody(&self) -> Self {
        match self {
            Self::DutyLapsed { duty, due, .. } => Self::DutyLapsed { duty: *duty, due: *due, owner: None },
            Self::Budget { .. }
            | Self::NotAccepted { .. }
            | Self::CannotBeMet { .. }
            | Self::ByHand { .. } => *self,
        }
    }

    /// Whether it is about a target, of which each agreement has its own for each client.
    pub(super) const fn is_of_a_target(&self) -> bool {
        matches!(self.topic(), Topic::Clock(_))
    }

    /// Whether another agreement or client takes it back, or a clock that starts anew. A target that has passed stays
    /// missed (ruling 5).
    pub(super) const fn ends_with_its_target(&self) -> bool {
        match self {
            Self::Budget { percent, .. } => *percent < 100,
            Self::CannotBeMet { .. } => true,
            Self::DutyLapsed { .. } | Self::NotAccepted { .. } | Self::ByHand { .. } => false,
        }
    }

    /// Whether it still holds: nobody is called about what is over (trap 54, decision 180).
    pub(super) fn holds(
        &self,
        incident: &Incident,
        setup: &Setup,
        owed: &[Obligation],
        now: Timestamp,
    ) -> bool {
        match self {
            // A target that has passed stays missed whatever the severity is now (ruling 5).
            Self::Budget { clock, percent, severity } => {
                let counts = *percent >= 100 || is_promised(incident, *severity);
                counts && clock::read(incident, setup, *clock, now).is_unfinished()
            }
            Self::CannotBeMet { clock, because } => {
                because.stands(*clock, incident) && clock::read(incident, setup, *clock, now).is_unfinished()
            }
            // What is due later is the next one of its kind, or was given more time.
            Self::DutyLapsed { duty, due, .. } => {
                owed.iter().any(|owed| owed.duty == *duty && owed.due.is_some_and(|at| at <= *due))
            }
            Self::NotAccepted { person, assigned_at } => incident.assignment.as_ref().is_some_and(|held| {
                held.to == *person && held.at == *assigned_at && held.accepted_at.is_none()
            }),
            // Who needs it again after a reopening calls again.
            Self::ByHand { at, .. } => {
                incident.stopped_at().is_none()
                    && !clock::ran_again_since(incident, ClockKind::Resolution, *at)
            }
        }
    }

    /// Whether whoever has the incident is the one who failed: no help is to be had from them (trap 50).
    pub(super) const fn is_failure(&self) -> bool {
        match self {
            Self::Budget { percent, .. } => *percent >= 100,
            Self::DutyLapsed { .. } | Self::NotAccepted { .. } | Self::CannotBeMet { .. } => true,
            Self::ByHand { .. } => false,
        }
    }

    /// Whether it says that the promise of this clock will be broken.
    pub(crate) fn foretells(&self, kind: ClockKind) -> bool {
        match self {
            Self::CannotBeMet { clock, .. } => *clock == kind,
            Self::Budget { .. }
            | Self::DutyLapsed { .. }
            | Self::NotAccepted { .. }
            | Self::ByHand { .. } => false,
        }
    }

    /// Whether somebody called for more hands or means (§3.5).
    pub(crate) const fn needs_resources(&self) -> bool {
        match self {
            Self::ByHand { need: ByHand::Resources, .. } => true,
            Self::ByHand { need: ByHand::Attention, .. }
            | Self::Budget { .. }
            | Self::DutyLapsed { .. }
            | Self::NotAccepted { .. }
            | Self::CannotBeMet { .. } => false,
        }
    }

    /// In words.
    pub fn name(&self) -> String {
        match self {
            Self::Budget { clock, percent, .. } if *percent < 100 => {
                format!("{percent} % of the {} target is used", clock.name().to_lowercase())
            }
            Self::Budget { clock, .. } => format!("the {} target has passed", clock.name().to_lowercase()),
            Self::DutyLapsed { duty, .. } => format!("\"{}\" was not done in time", duty.name()),
            Self::NotAccepted { .. } => "the assignment was not accepted".to_owned(),
            Self::CannotBeMet { clock, because } => {
                let how = match because {
                    Doubt::NobodyAssigned { .. } => "nobody is assigned who could meet it",
                    Doubt::SaidSo { .. } => "the resolver says so",
                    Doubt::NoAnswer { .. } => "the resolver did not answer whether it can",
                };
                format!("the {} target cannot be met: {how}", clock.name().to_lowercase())
            }
            Self::ByHand { need: ByHand::Attention, .. } => "somebody asked for it".to_owned(),
            Self::ByHand { need: ByHand::Resources, .. } => "additional resources are needed".to_owned(),
        }
    }
}

/// Every cause that a path's triggers give an incident, with its instant; some lie ahead. Those that hang on a
/// clock which stands still have no instant yet.
pub(super) fn of_triggers(
    path: &DefinedPath,
    incident: &Incident,
    setup: &Setup,
    owed: &[Obligation],
    now: Timestamp,
) -> Vec<(Timestamp, Cause)> {
    let mut all = Vec::new();
    for share in &path.triggers.budget {
        let cause =
            Cause::Budget { clock: share.clock, percent: share.percent, severity: incident.severity() };
        all.extend(used(incident, setup, (share.clock, share.percent), now).map(|at| (at, cause)));
    }
    for lapse in &path.triggers.lapsed {
        for duty in owed.iter().filter(|owed| owed.duty == lapse.duty && !owed.paused) {
            if let Some(due) = duty.due {
                let cause = Cause::DutyLapsed { duty: duty.duty, due, owner: duty.owner.person };
                all.push((due.plus_millis(i64::from(lapse.after_minutes) * MINUTE), cause));
            }
        }
    }
    let unaccepted = incident.assignment.as_ref().filter(|held| held.accepted_at.is_none());
    if let Some((held, minutes)) = unaccepted.zip(path.triggers.unaccepted_minutes) {
        let cause = Cause::NotAccepted { person: held.to, assigned_at: held.at };
        all.push((held.at.plus_millis(i64::from(minutes) * MINUTE), cause));
    }
    all.extend(doubts(path, incident, setup, now));
    all
}

/// When so much of a target is used up; `None` once the clock stopped, and for what lies ahead of one that
/// stands still.
pub(super) fn used(
    incident: &Incident,
    setup: &Setup,
    share: (ClockKind, u32),
    now: Timestamp,
) -> Option<Timestamp> {
    let at = clock::reaches(incident, setup, share, now)?;
    let reading: Reading = clock::read(incident, setup, share.0, now);
    let runs = reading.state == clock::ClockState::Running;
    (reading.is_unfinished() && (runs || at <= now)).then_some(at)
}

/// Whether the target of a severity is promised still, or a tighter one: a lower severity takes it back.
pub(super) fn is_promised(incident: &Incident, severity: Severity) -> bool {
    !severity.is_worse_than(incident.severity())
}
