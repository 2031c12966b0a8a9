//! Defined paths (§3.5): whom an escalation reaches, in which order, and what begins it.
//!
//! Every number is configuration; a trigger that is left out never fires. A path that could reach nobody is
//! refused when it is written (`configure`), not when it is needed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::EscalationPath;
use crate::agreement::ClockKind;
use crate::log::Incident;
use crate::setup::Setup;
use crate::{ClientId, Duty, PathId, PersonId, Role, RotaId, ServiceId, Severity, Timestamp};

/// Steps that a path may have.
pub(crate) const STEPS_MAX: usize = 20;
/// Rounds that a path may repeat.
pub(crate) const REPEATS_MAX: u32 = 10;

/// One version of a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DefinedPath {
    /// The path, over all its versions.
    pub id: PathId,
    /// Raised by one with every change; running escalations keep the version they began with.
    pub version: u32,
    /// In force from here on.
    pub effective_from: Timestamp,
    /// Name on screen.
    pub name: String,
    /// Technical or managerial.
    pub path: EscalationPath,
    /// The client it is for, or any.
    pub client: Option<ClientId>,
    /// The service it is for, or any.
    pub service: Option<ServiceId>,
    /// The severity it is for, or any.
    pub severity: Option<Severity>,
    /// What begins it, beside people.
    pub triggers: Triggers,
    /// Its steps, in order; at least one.
    pub steps: Vec<PathStep>,
    /// Rounds after the first.
    pub repeats: u32,
    /// Who is called when every round went unanswered.
    pub last_resort: Addressee,
    /// Minutes for which an acknowledgement silences it; then it calls again.
    pub acknowledged_minutes: u32,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PathStep {
    /// Who is called, all at once.
    pub call: Vec<Addressee>,
    /// Minutes until the next step, while nobody acknowledges.
    pub delay_minutes: u32,
}

/// Whom a step names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Addressee {
    /// One person.
    Person {
        /// The person.
        person: PersonId,
    },
    /// Whoever is on call then.
    Rota {
        /// The rota.
        rota: RotaId,
    },
    /// Everybody who holds a role.
    Role {
        /// The role.
        role: Role,
    },
}

impl Addressee {
    /// Name on screen.
    pub fn name(self, setup: &Setup) -> String {
        match self {
            Self::Person { person } => setup.person_name(person).to_owned(),
            Self::Rota { rota } => {
                setup.rotas.get(&rota).map_or_else(|| "a rota".to_owned(), |known| known.rota.name.clone())
            }
            Self::Role { role } => role.name().to_owned(),
        }
    }
}

/// What begins a path by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Triggers {
    /// Shares of a clock's business time.
    #[serde(default)]
    pub budget: Vec<BudgetTrigger>,
    /// Duties that lapsed.
    #[serde(default)]
    pub lapsed: Vec<LapseTrigger>,
    /// Minutes after which an assignment that nobody accepted begins it.
    #[serde(default)]
    pub unaccepted_minutes: Option<u32>,
    /// The forecast that a target cannot be met.
    #[serde(default)]
    pub forecast: Option<ForecastTrigger>,
}

/// A share of a clock's business time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BudgetTrigger {
    /// The clock.
    pub clock: ClockKind,
    /// Percent of the target; 100 is the deadline, more is after it.
    pub percent: u32,
}

/// A duty that was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LapseTrigger {
    /// The duty.
    pub duty: Duty,
    /// Minutes after it was due.
    pub after_minutes: u32,
}

/// When the resolver is asked whether the target can be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ForecastTrigger {
    /// The clock.
    pub clock: ClockKind,
    /// Percent of the target at which the question is asked.
    pub ask_at_percent: u32,
    /// Minutes in which it is to be answered; silence escalates.
    pub answer_within_minutes: u32,
}

/// Which version of which path a run follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoundPath {
    /// The path.
    pub id: PathId,
    /// Its version when the run began.
    pub version: u32,
}

/// A place on a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "place", rename_all = "snake_case")]
pub enum PathPlace {
    /// A step, counted from 0, of a round, counted from 0.
    Step {
        /// The round.
        round: u32,
        /// The step.
        step: u32,
    },
    /// The end.
    LastResort,
}

impl PathPlace {
    /// Where every path begins.
    pub const FIRST: Self = Self::Step { round: 0, step: 0 };

    /// In words, counted from 1.
    pub fn name(self) -> String {
        match self {
            Self::Step { round: 0, step } => format!("step {}", step.saturating_add(1)),
            Self::Step { round, step } => {
                format!("step {}, round {}", step.saturating_add(1), round.saturating_add(1))
            }
            Self::LastResort => "last resort".to_owned(),
        }
    }

    /// The round; the last resort belongs to none.
    pub(super) const fn round(self) -> Option<u32> {
        match self {
            Self::Step { round, .. } => Some(round),
            Self::LastResort => None,
        }
    }
}

impl DefinedPath {
    /// This version, as runs remember it.
    pub const fn bound(&self) -> BoundPath {
        BoundPath { id: self.id, version: self.version }
    }

    /// Who is called at a place.
    pub(super) fn call(&self, place: PathPlace) -> &[Addressee] {
        match place {
            PathPlace::Step { step, .. } => self.step(step).map_or(&[], |step| &step.call),
            PathPlace::LastResort => std::slice::from_ref(&self.last_resort),
        }
    }

    /// The place after one, and the minutes between them; `None` after the last resort.
    pub(super) fn after(&self, place: PathPlace) -> Option<(PathPlace, u32)> {
        let PathPlace::Step { round, step } = place else { return None };
        let delay = self.step(step).map_or(0, |step| step.delay_minutes);
        let next = match (self.step(step.saturating_add(1)), round < self.repeats) {
            (Some(_), _) => PathPlace::Step { round, step: step + 1 },
            (None, true) => PathPlace::Step { round: round + 1, step: 0 },
            (None, false) => PathPlace::LastResort,
        };
        Some((next, delay))
    }

    fn step(&self, step: u32) -> Option<&PathStep> {
        self.steps.get(usize::try_from(step).ok()?)
    }

    /// Whether it is for an incident of this client, on these services, of this severity.
    pub(crate) fn covers(&self, client: ClientId, services: &[ServiceId], severity: Severity) -> bool {
        self.client.is_none_or(|own| own == client)
            && self.service.is_none_or(|own| services.contains(&own))
            && self.severity.is_none_or(|own| own == severity)
    }

    /// Which of two paths that cover an incident goes first: one that names the service, then one that names
    /// the client, then one that names the severity, then the one that came into force last.
    pub(crate) const fn precedence(&self) -> (bool, bool, bool, Timestamp) {
        (self.service.is_some(), self.client.is_some(), self.severity.is_some(), self.effective_from)
    }

    /// What is wrong with it by itself, in words for the person who writes it.
    pub(crate) fn fault(&self) -> Option<(&'static str, String)> {
        if self.steps.is_empty() || self.steps.iter().any(|step| step.call.is_empty()) {
            return Some(("steps", "a path without steps, or a step of nobody, reaches nobody".to_owned()));
        }
        if self.steps.len() > STEPS_MAX || self.repeats > REPEATS_MAX {
            return Some(("steps", format!("at most {STEPS_MAX} steps in {REPEATS_MAX} more rounds")));
        }
        // Two rounds a moment apart would call everybody at once.
        if self.steps.iter().any(|step| step.delay_minutes == 0) {
            return Some(("delay_minutes", "a step without a delay leaves nobody time to answer".to_owned()));
        }
        if self.acknowledged_minutes == 0 {
            let what = "an acknowledgement that lasts no time silences nothing";
            return Some(("acknowledged_minutes", what.to_owned()));
        }
        let forecast = self.triggers.forecast.iter().map(|asked| asked.ask_at_percent);
        let mut percents = self.triggers.budget.iter().map(|share| share.percent).chain(forecast);
        if percents.any(|percent| !(1..=1_000).contains(&percent)) {
            return Some(("percent", "a share of a target is 1 to 1000 percent".to_owned()));
        }
        None
    }

    /// Everybody and everything that it calls.
    pub(crate) fn addressees(&self) -> impl Iterator<Item = Addressee> {
        self.steps.iter().flat_map(|step| &step.call).chain([&self.last_resort]).copied()
    }
}

impl Setup {
    /// The path version that a run is bound to.
    pub fn path(&self, bound: BoundPath) -> Option<&DefinedPath> {
        self.paths.get(&(bound.id, bound.version))
    }

    /// The path in force at an instant for an incident.
    pub fn path_for(&self, kind: EscalationPath, incident: &Incident, at: Timestamp) -> Option<&DefinedPath> {
        let (entry, severity) = (&incident.entry, incident.severity());
        self.path_covering(kind, entry.client, &entry.services, severity, at)
    }

    /// The path in force at an instant for whatever happens to these services: of each path its latest version,
    /// of those that cover them the narrowest.
    pub(crate) fn path_covering(
        &self,
        kind: EscalationPath,
        client: ClientId,
        services: &[ServiceId],
        severity: Severity,
        at: Timestamp,
    ) -> Option<&DefinedPath> {
        let mut in_force: BTreeMap<PathId, &DefinedPath> = BTreeMap::new();
        for path in self.paths.values().filter(|path| path.effective_from <= at) {
            let newer =
                in_force.get(&path.id).is_none_or(|known| known.effective_from <= path.effective_from);
            if newer {
                in_force.insert(path.id, path);
            }
        }
        let covering = in_force.into_values().filter(|path| path.path == kind);
        covering.filter(|path| path.covers(client, services, severity)).max_by_key(|path| path.precedence())
    }
}
