//! The SLA clock (§3.3, §6): what an agreement promised, where it stands, and the proof.
//!
//! A clock is a pure function of the record and the versions it is bound to. It holds no state, so that no
//! order of events can make a breach vanish (rulings 2 to 7).

mod attention;
mod back_dated;
mod basis;
mod heard;
mod pause;
mod promised;
mod proof;
mod regime;
mod trust;
mod verdict;
mod wait;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use attention::Attention;
pub use back_dated::{BackDated, StopEvidence, Witness, back_dated};
pub(crate) use back_dated::{evidence, evidence_duty, link_evidence};
pub use heard::{Easing, HeardLate};
pub(crate) use pause::{caps, pause_duties};
pub(crate) use promised::{Promised, promised};
pub(crate) use proof::counted_by;
pub use proof::{CountedBy, Proof, proof};
pub(crate) use regime::agreed_time;
pub use trust::{Marked, StampSource, Stamps, UNBOUNDED_MS, off_by};
pub(crate) use trust::{came_back, stamp};
pub use verdict::Verdict;
pub use wait::LeftOut;
pub(crate) use wait::{Allowance, ran_again_since};

use crate::agreement::{ClockKind, PauseReason, ResponseReading, Target};
use crate::log::{Breach, Incident};
use crate::setup::Setup;
use crate::{ExceptionId, Severity, Timestamp};
use basis::{Basis, Late};

/// Where a clock stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ClockState {
    /// It runs.
    Running,
    /// It stands still, because the agreement says so.
    Paused {
        /// For what.
        reason: PauseReason,
        /// Since when.
        since: Timestamp,
        /// When it runs again by itself, because the agreement allows no more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        until: Option<Timestamp>,
    },
    /// It stopped.
    Stopped {
        /// When.
        at: Timestamp,
    },
    /// The incident ended without a stop on record: cancelled, or taken over closed. Not counted.
    NotCounted,
}

/// One clock of one incident at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Reading {
    /// Which clock.
    pub kind: ClockKind,
    /// The severity whose target is in force; of a stopped clock, the one in force when it stopped.
    pub severity: Severity,
    /// The target in force.
    pub target: Option<Target>,
    /// When it started: when the incident was logged, unless the agreement says otherwise.
    pub started: Timestamp,
    /// When it falls due. While it is paused: when it would, if it ran on from now; at the latest, where the
    /// agreement says how long it may stand still.
    pub due: Option<Timestamp>,
    /// When it asks for attention.
    pub attention: Option<Attention>,
    /// Where it stands.
    pub state: ClockState,
    /// What it says of the promise.
    pub verdict: Verdict,
    /// The promise that was broken first, whatever came later and whatever excuses it; one that was recorded wrongly
    /// only where no other was broken.
    pub broken: Option<Broken>,
    /// Of a response clock: what it takes for the response (ruling 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub response: Option<ResponseReading>,
    /// An exception granted after the promise was broken, where all that was late is covered. It changes no verdict
    /// (ruling 12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub excepted_afterwards: Option<ExceptionId>,
    /// The approved correction that says that the breach was recorded wrongly. The breach stays on record, and
    /// figures say both (ruling 5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub corrected: Option<ExceptionId>,
}

/// A promise broken while its severity was in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Broken {
    /// When.
    pub at: Timestamp,
    /// The severity in force.
    pub severity: Severity,
    /// Whether it was late already when that severity was set (ruling 5).
    pub on_arrival: bool,
}

impl Reading {
    /// The breach to put on record, where the promise is broken for certain: what may have been kept within
    /// the bound of its stamps is for people (ruling 8).
    pub fn breach(&self) -> Option<Breach> {
        let broken = self.broken.filter(|_| !matches!(self.verdict, Verdict::Uncertain { .. }))?;
        Some(Breach { clock: self.kind, due: broken.at, severity: broken.severity })
    }

    /// Whether the clock has not stopped yet, target or not.
    pub const fn is_unfinished(&self) -> bool {
        matches!(self.state, ClockState::Running | ClockState::Paused { .. })
    }

    /// Whether the clock still asks something of somebody.
    pub const fn is_live(&self) -> bool {
        self.is_unfinished() && self.target.is_some()
    }

    /// When the clock is to be looked at again, if nothing happens before: its deadline, or the end of what
    /// the agreement lets it stand still. A reply that came back after the end has a deadline still.
    pub fn look_again(&self) -> Option<Timestamp> {
        match self.state {
            ClockState::Running => self.due,
            ClockState::Paused { until, .. } => until.filter(|_| self.target.is_some()),
            ClockState::NotCounted => self.due.filter(|_| self.verdict == Verdict::Pending),
            ClockState::Stopped { .. } => None,
        }
    }

    /// Whether the promise is broken, or about to be: the clock calls itself at risk.
    pub fn is_near_breach(&self, now: Timestamp) -> bool {
        let at_risk = self.attention.is_some_and(|attention| attention.caution <= now);
        self.broken.is_some() || (self.is_live() && at_risk)
    }
}

/// All clocks of an incident.
pub fn readings(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<Reading> {
    ClockKind::ALL.into_iter().map(|kind| read(incident, setup, kind, now)).collect()
}

/// One clock of an incident, as its agreement reads it.
pub fn read(incident: &Incident, setup: &Setup, kind: ClockKind, now: Timestamp) -> Reading {
    reading(&Basis::of(incident, setup, kind, now))
}

/// The response clock under every reading of "response", the policy's first: a report shows the second ones
/// beside it and names them (ruling 2).
pub fn response_readings(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<Reading> {
    ResponseReading::ALL
        .into_iter()
        .map(|response| reading(&Basis::reading(incident, setup, ClockKind::Response, response, now)))
        .collect()
}

fn reading(basis: &Basis<'_>) -> Reading {
    let (incident, kind, regime) = (basis.incident, basis.kind, basis.regime());
    let held = verdict::held_against(basis);
    let broken = held.iter().map(Late::broken).min_by_key(|broken| broken.at);
    let mut reading = Reading {
        kind,
        severity: regime.severity,
        target: None,
        started: incident.logged.at,
        due: None,
        attention: None,
        state: basis.state.clone(),
        verdict: Verdict::Pending,
        broken,
        response: (kind == ClockKind::Response).then_some(basis.response),
        excepted_afterwards: verdict::excepted_afterwards(basis, &held),
        corrected: verdict::corrected(basis, broken),
    };
    let is_broken = broken.is_some();
    let is_judged = (is_broken || basis.lost) && verdict::outlives_the_end(basis);
    if basis.state == ClockState::NotCounted && !is_judged {
        reading.verdict = Verdict::NotApplicable;
    } else if is_broken {
        reading.verdict = verdict::broken(basis, &held);
    }
    let undecided = reading.verdict == Verdict::Pending;
    match (basis.promise(), regime.agreement) {
        (Ok(promise), Some(agreement)) => {
            let course = basis.course(agreement);
            reading.started = course.started();
            reading.due = course.due(&promise.calendar.index, promise.target.budget_ms());
            reading.attention = course.attention(&promise, regime.severity);
            reading.target = Some(promise.target.clone());
            if undecided {
                reading.verdict = verdict::kept(basis, &course, &promise, agreement.terms.start);
            }
        }
        (Err(reason), _) if undecided => reading.verdict = Verdict::NoTarget { reason },
        (Ok(_), None) | (Err(_), _) => {}
    }
    reading
}

/// When a clock has used so many percent of what is promised; `None` where nothing is promised. While it is
/// paused: when it would, if it ran on from now.
pub(crate) fn reaches(
    incident: &Incident,
    setup: &Setup,
    (kind, percent): (ClockKind, u32),
    now: Timestamp,
) -> Option<Timestamp> {
    let basis = Basis::of(incident, setup, kind, now);
    let promise = basis.promise().ok()?;
    let budget_ms = promise.target.budget_ms().saturating_mul(i64::from(percent)) / 100;
    basis.course(basis.regime().agreement?).due(&promise.calendar.index, budget_ms)
}

/// How much of the target in force just before an instant was spent then, in percent; more than a hundred where
/// it was late.
pub(crate) fn spent_percent(
    incident: &Incident,
    setup: &Setup,
    kind: ClockKind,
    at: Timestamp,
) -> Option<i64> {
    let basis = Basis::of(incident, setup, kind, at);
    let regime = basis.regimes.iter().rfind(|regime| regime.from < at)?;
    let promise = regime.promise(incident, setup, kind).ok()?;
    let course = basis.course(regime.agreement?);
    let spent = promise.calendar.index.elapsed(course.started(), at, &course.excluded);
    spent.saturating_mul(100).checked_div(promise.target.budget_ms())
}
