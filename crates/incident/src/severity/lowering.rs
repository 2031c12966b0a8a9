//! Lowering a severity where it buys time or takes the incident out of oversight (§3.3; ruling 5).
//!
//! Whoever handles the incident proposes; somebody else who answers for it agrees or declines, and until then
//! the severity stays. Raising needs nobody: it is `set_severity`. It forgets no breach; `clock` sees to that.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::clock;
use crate::event::{Event, Fact};
use crate::log::{Incident, SeverityInForce};
use crate::obligation::{Duty, Obligation, Owner};
use crate::setup::Setup;
use crate::{PersonId, Role, Severity, Subject, Timestamp, Verb};

/// A lower severity that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Lowering {
    /// The severity in force.
    pub from: Severity,
    /// The severity proposed.
    pub severity: Severity,
    /// Why, against the definitions of §3.3.
    pub reason: String,
    /// Who proposed it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Who agreed; the severity changes with that.
    pub agreed_by: Option<PersonId>,
}

/// Why a severity is not lowered by one person alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondPerson {
    /// It is a Severity 1 or 2.
    IsHigh(Severity),
    /// A target was not met.
    AfterBreach(ClockKind),
    /// A target is about to be missed: its clock is at caution.
    NearBreach(ClockKind),
}

impl SecondPerson {
    /// Why one person is not enough to set `to`; `None` where one is, or where it is no lowering.
    ///
    /// A provisional severity counts like one that was set: the impact it follows from was somebody's word, and
    /// the client is owed notice and updates by it (§3.4).
    pub fn needed(incident: &Incident, setup: &Setup, now: Timestamp, to: Severity) -> Option<Self> {
        let from = incident.severity();
        if !from.is_worse_than(to) {
            return None;
        }
        if from.is_high() {
            return Some(Self::IsHigh(from));
        }
        Self::at_stake(incident, setup, now)
    }

    /// The clock that a lowering would ease.
    pub fn at_stake(incident: &Incident, setup: &Setup, now: Timestamp) -> Option<Self> {
        let readings = clock::readings(incident, setup, now);
        let broken = readings.iter().find(|reading| reading.broken.is_some());
        if let Some(reading) = broken {
            return Some(Self::AfterBreach(reading.kind));
        }
        let near = readings.iter().find(|reading| reading.is_near_breach(now))?;
        Some(Self::NearBreach(near.kind))
    }

    /// In words.
    pub fn because(self) -> String {
        match self {
            Self::IsHigh(severity) => format!("lowering Severity {} takes two people", severity.number()),
            Self::AfterBreach(clock) => {
                format!("the {} target was missed, so lowering takes two people", clock.name().to_lowercase())
            }
            Self::NearBreach(clock) => {
                format!("the {} target is at risk, so lowering takes two people", clock.name().to_lowercase())
            }
        }
    }
}

/// Who may agree to a lower severity.
pub(crate) const JUDGES: &[Role] = &[Role::IncidentManager, Role::Supervisor];

impl Incident {
    /// Takes in a severity that was set, with whoever proposed and agreed.
    pub(crate) fn set_severity(&mut self, severity: Severity, reason: &str, event: &Event) {
        let agreed = self.lowering.take().filter(|asked| asked.severity == severity);
        let agreed = agreed.and_then(|asked| Some((asked.by, asked.agreed_by?)));
        self.severity_set = true;
        self.severities.push(SeverityInForce {
            at: event.at,
            severity,
            by: agreed.map_or(event.actor, |(by, _)| by),
            reason: reason.to_owned(),
            agreed_by: agreed.map(|(_, judge)| judge),
        });
    }
}

/// Takes in what became of a proposal.
pub(crate) fn take(lowering: &mut Option<Lowering>, event: &Event) {
    match &event.fact {
        Fact::LoweringProposed { from, severity, reason } => {
            *lowering = Some(Lowering {
                from: *from,
                severity: *severity,
                reason: reason.clone(),
                by: event.actor,
                at: event.at,
                agreed_by: None,
            });
        }
        Fact::LoweringAgreed { .. } => {
            if let Some(asked) = lowering {
                asked.agreed_by = Some(event.actor);
            }
        }
        Fact::LoweringDeclined { .. } => *lowering = None,
        _ => {}
    }
}

/// A proposal is to be decided (§3.3).
pub(crate) fn duties(incident: &Incident) -> Option<Obligation> {
    let asked = incident.lowering.as_ref()?;
    Some(Obligation {
        subject: Subject::Incident(incident.id),
        duty: Duty::DecideException,
        owner: Owner { person: None, role: Role::IncidentManager },
        due: None,
        attention: None,
        clock: None,
        paused: false,
        severity: incident.severity(),
        clause: "§3.3".into(),
        why: format!(
            "Severity {} is proposed; until somebody else agrees it stays {}.",
            asked.severity.number(),
            asked.from.number()
        ),
        fulfilled_by: vec![Verb::AgreeLowering, Verb::DeclineLowering],
    })
}
