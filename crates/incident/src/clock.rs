//! The SLA clock (§3.3, §6): what an agreement promised, where it stands, and the proof.
//!
//! A clock is a pure function of the record and the versions it is bound to. It holds no state, so that no
//! order of events can make a breach vanish (rulings 2 to 7).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::{Agreement, ClockKind, PauseReason, Target};
use crate::calendar::{Due, Index, Segment};
use crate::log::{Breach, Incident, Reopening};
use crate::setup::{CompiledCalendar, Setup};
use crate::{MINUTE, Phase, Severity, Span, Timestamp};

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
    },
    /// It stopped.
    Stopped {
        /// When.
        at: Timestamp,
    },
    /// The incident ended without a stop on record: cancelled, or taken over closed. Not counted.
    NotCounted,
}

/// What the clock says of the promise. No data is never "met" (ruling 13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// Not decided yet.
    Pending,
    /// Kept, with this much open time to spare.
    Met {
        /// Milliseconds of open time left.
        #[ts(type = "number")]
        spare_ms: i64,
    },
    /// Not kept.
    Breached {
        /// When it was broken.
        at: Timestamp,
        /// Whether it was late already when the severity was raised (ruling 5).
        on_arrival: bool,
    },
    /// There is no promise, and why.
    NoTarget {
        /// Why.
        reason: String,
    },
    /// The stamps are less certain than the margin.
    Uncertain {
        /// Milliseconds by which the stamps may be off.
        within_ms: u32,
    },
    /// It ended without a stop on record: no promise to judge.
    NotApplicable,
}

/// The instants at which a running clock asks for more attention (open time, on its calendar).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Attention {
    /// Worth watching.
    pub watch: Timestamp,
    /// At risk.
    pub caution: Timestamp,
    /// Imminent.
    pub warning: Timestamp,
}

impl Attention {
    /// At a half, three quarters and nine tenths of the way.
    pub(crate) fn between(from: Timestamp, due: Timestamp) -> Self {
        let at = |percent: i64| from.plus_millis(due.since(from) / 100 * percent);
        Self { watch: at(50), caution: at(75), warning: at(90) }
    }
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
    /// When it started: when the incident was logged.
    pub started: Timestamp,
    /// When it falls due. While it is paused: when it would, if it ran on from now.
    pub due: Option<Timestamp>,
    /// When it asks for attention.
    pub attention: Option<Attention>,
    /// Where it stands.
    pub state: ClockState,
    /// What it says of the promise.
    pub verdict: Verdict,
    /// The promise that was broken first, whatever came later.
    pub broken: Option<Broken>,
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
    /// The breach to put on record, where the promise is broken.
    pub fn breach(&self) -> Option<Breach> {
        let broken = self.broken?;
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
}

/// All clocks of an incident.
pub fn readings(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<Reading> {
    ClockKind::ALL.into_iter().map(|kind| read(incident, setup, kind, now)).collect()
}

/// One clock of an incident.
pub fn read(incident: &Incident, setup: &Setup, kind: ClockKind, now: Timestamp) -> Reading {
    let basis = Basis::of(incident, setup, kind, now);
    let severity = basis.stopped.map_or(incident.severity(), |at| incident.severity_before(at));
    let mut reading = Reading {
        kind,
        severity,
        target: None,
        started: incident.logged.at,
        due: None,
        attention: None,
        state: basis.state.clone(),
        verdict: Verdict::Pending,
        broken: None,
    };
    let Some(agreement) = basis.agreement else {
        reading.verdict = Verdict::NoTarget { reason: "no agreement covers this client and service".into() };
        return reading;
    };
    reading.broken = earliest(recorded(incident, kind), basis.first_breach(incident, setup, agreement));
    let found =
        agreement.targets(severity).of(kind).map(|target| (target, calendar_of(incident, setup, target)));
    reading.verdict = match (basis.state.clone(), reading.broken, found) {
        (ClockState::NotCounted, _, _) => Verdict::NotApplicable,
        (_, Some(broken), _) => Verdict::Breached { at: broken.at, on_arrival: broken.on_arrival },
        (_, None, Some((target, Some(calendar)))) => basis.kept(incident, &calendar.index, target),
        (_, None, Some((_, None))) => Verdict::NoTarget { reason: "its calendar is not set up".into() },
        (_, None, None) => Verdict::NoTarget { reason: no_target(agreement, kind, severity) },
    };
    if let Some((target, Some(calendar))) = found {
        reading.due = basis.due(&calendar.index, target.budget_ms());
        reading.attention = basis.attention(&calendar.index, target, severity);
        reading.target = Some(target.clone());
    }
    reading
}

/// The calendar version that an incident's clocks count on: the one in force when it was logged (ruling 15).
fn calendar_of<'a>(incident: &Incident, setup: &'a Setup, target: &Target) -> Option<&'a CompiledCalendar> {
    match incident.calendars.iter().find(|bound| bound.id == target.calendar) {
        Some(bound) => setup.calendars.get(&(bound.id, bound.version)),
        None => setup.calendar(target.calendar),
    }
}

/// The first breach on record. It stands, whatever arrives late and would have prevented it (ruling 5).
fn recorded(incident: &Incident, kind: ClockKind) -> Option<Broken> {
    let breach = incident.breaches.iter().filter(|breach| breach.clock == kind).min_by_key(|b| b.due)?;
    let set_then =
        incident.severities.iter().skip(1).any(|set| set.at == breach.due && set.severity == breach.severity);
    Some(Broken { at: breach.due, severity: breach.severity, on_arrival: set_then })
}

fn earliest(recorded: Option<Broken>, computed: Option<Broken>) -> Option<Broken> {
    recorded.into_iter().chain(computed).min_by_key(|broken| broken.at)
}

fn no_target(agreement: &Agreement, kind: ClockKind, severity: Severity) -> String {
    let (clock, number) = (kind.name().to_lowercase(), severity.number());
    format!("{} names no {clock} target for Severity {number}", agreement.name)
}

/// What a clock counts with, before any target is looked at.
struct Basis<'a> {
    kind: ClockKind,
    agreement: Option<&'a Agreement>,
    started: Timestamp,
    stopped: Option<Timestamp>,
    /// Until when it ran: its stop, the end of the incident, or now.
    end: Timestamp,
    /// Stretches that do not count: agreed pauses, and reopened intervals that the client had confirmed.
    excluded: Vec<Span>,
    state: ClockState,
}

impl<'a> Basis<'a> {
    fn of(incident: &Incident, setup: &'a Setup, kind: ClockKind, now: Timestamp) -> Self {
        let agreement = incident.agreement.and_then(|bound| setup.agreements.get(&(bound.id, bound.version)));
        let started = incident.logged.at;
        let stopped = stopped_at(incident, kind);
        let counts = |reason| agreement.is_some_and(|agreement| agreement.pauses(reason, kind));
        let ended = match &incident.phase {
            Phase::Closed { at, .. } | Phase::Cancelled { at, .. } => Some(*at),
            Phase::Logged
            | Phase::Prioritised
            | Phase::Investigating
            | Phase::Resolving
            | Phase::Restored { .. } => None,
        };
        let end = stopped.or(ended).unwrap_or(now.max(started));
        let mut excluded: Vec<Span> = incident
            .pauses
            .iter()
            .filter(|pause| counts(pause.reason))
            .map(|pause| Span { from: pause.from, to: pause.to.unwrap_or(end) })
            .collect();
        let closed = |reopening: &Reopening| {
            let stopped_at = match kind {
                ClockKind::Response => None,
                ClockKind::Restoration => reopening.restored_at,
                ClockKind::Resolution => reopening.stopped_at,
            };
            Some(Span { from: stopped_at.filter(|_| reopening.was_confirmed)?, to: reopening.at })
        };
        excluded.extend(incident.reopenings.iter().filter_map(closed));
        let state = match (stopped, ended, incident.open_pause()) {
            _ if matches!(incident.phase, Phase::Cancelled { .. }) => ClockState::NotCounted,
            (Some(at), _, _) => ClockState::Stopped { at },
            (None, Some(_), _) => ClockState::NotCounted,
            (None, None, Some(pause)) if counts(pause.reason) => {
                ClockState::Paused { reason: pause.reason, since: pause.from }
            }
            (None, None, _) => ClockState::Running,
        };
        Self { kind, agreement, started, stopped, end, excluded, state }
    }

    fn due(&self, index: &Index, budget_ms: i64) -> Option<Timestamp> {
        match index.due(self.started, budget_ms, &self.excluded) {
            Due::At(at) => Some(at),
            Due::Never => None,
        }
    }

    /// The first deadline that passed unmet while its severity was in force (ruling 5): a raise cannot be
    /// breached before it happened, and lowering takes nothing back. Stopping at the deadline is met.
    fn first_breach(&self, incident: &Incident, setup: &Setup, agreement: &Agreement) -> Option<Broken> {
        incident.severities.iter().enumerate().find_map(|(place, in_force)| {
            let target = agreement.targets(in_force.severity).of(self.kind)?;
            let index = &calendar_of(incident, setup, target)?.index;
            let due = self.due(index, target.budget_ms())?;
            let until = incident.severities.get(place + 1).map_or(self.end, |next| next.at.min(self.end));
            let at = due.max(in_force.at);
            (at < until).then_some(Broken { at, severity: in_force.severity, on_arrival: due < in_force.at })
        })
    }

    fn attention(&self, index: &Index, target: &Target, severity: Severity) -> Option<Attention> {
        let budget = target.budget_ms();
        let lead = Lead::of(budget, severity);
        let before = |left: i64| self.due(index, budget - left);
        Some(Attention {
            watch: before(lead.watch)?,
            caution: before(lead.caution)?,
            warning: before(lead.warning)?,
        })
    }

    fn kept(&self, incident: &Incident, index: &Index, target: &Target) -> Verdict {
        let Some(stopped) = self.stopped else { return Verdict::Pending };
        // A stop before the start is no time at all; it says how wrong the stamps are.
        if stopped < self.started {
            let off = u32::try_from(self.started.since(stopped)).unwrap_or(u32::MAX);
            return Verdict::Uncertain { within_ms: off };
        }
        let spent = index.elapsed(self.started, stopped, &self.excluded);
        let spare_ms = target.budget_ms().saturating_sub(spent);
        let within_ms = incident.logged.uncertainty_ms.saturating_add(incident.stop_uncertainty_ms);
        if spare_ms < i64::from(within_ms) {
            Verdict::Uncertain { within_ms }
        } else {
            Verdict::Met { spare_ms }
        }
    }
}

/// When the clock stopped, if it did.
fn stopped_at(incident: &Incident, kind: ClockKind) -> Option<Timestamp> {
    match kind {
        ClockKind::Response => incident.responded_at(),
        ClockKind::Restoration => incident.restored.as_ref().map(|restored| restored.at),
        ClockKind::Resolution => incident.stopped_at(),
    }
}

/// Open time left at which attention is asked for.
struct Lead {
    watch: i64,
    caution: i64,
    warning: i64,
}

impl Lead {
    /// A quarter and a tenth of the target, but not below a floor, nor above a half and a quarter; watched
    /// from half of the target for Severity 1 and 2, from the last quarter for 3 and 4.
    fn of(budget: i64, severity: Severity) -> Self {
        let (caution_floor, warning_floor) = match severity {
            Severity::One => (15 * MINUTE, 5 * MINUTE),
            Severity::Two => (30 * MINUTE, 10 * MINUTE),
            Severity::Three => (60 * MINUTE, 30 * MINUTE),
            Severity::Four => (120 * MINUTE, 60 * MINUTE),
        };
        let caution = (budget / 4).max(caution_floor).min(budget / 2);
        let warning = (budget / 10).max(warning_floor).min(budget / 4);
        let watch = if severity.is_high() { budget / 2 } else { budget / 4 };
        Self { watch: watch.max(caution), caution, warning }
    }
}

/// Every stretch a clock counted or left out, with the versions it was counted by: "why is it due then?".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Proof {
    /// The reading that is proved.
    pub reading: Reading,
    /// The agreement's name, reference and version.
    pub agreement: String,
    /// The calendar's name, zone and version.
    pub calendar: String,
    /// The zone rules' version.
    pub tzdb: String,
    /// The stretches in order; bounded.
    pub segments: Vec<Segment>,
    /// Open time counted so far, in milliseconds.
    #[ts(type = "number")]
    pub spent_ms: i64,
    /// Open time promised, in milliseconds.
    #[ts(type = "number")]
    pub budget_ms: i64,
}

/// Stretches printed before a proof says that there are more.
const SEGMENTS_MAX: usize = 200;

/// The proof of a clock that has a target.
pub fn proof(incident: &Incident, setup: &Setup, kind: ClockKind, now: Timestamp) -> Option<Proof> {
    let reading = read(incident, setup, kind, now);
    let basis = Basis::of(incident, setup, kind, now);
    let (agreement, target) = (basis.agreement?, reading.target.clone()?);
    let compiled = calendar_of(incident, setup, &target)?;
    let reached = basis.end;
    let end = reading.due.map_or(reached, |due| due.max(reached));
    Some(Proof {
        agreement: format!("{} {}, version {}", agreement.name, agreement.reference, agreement.version),
        calendar: format!(
            "{} ({}), version {}",
            compiled.calendar.name, compiled.calendar.zone, compiled.calendar.version
        ),
        tzdb: crate::calendar::tzdb_version().to_owned(),
        segments: compiled.index.segments(basis.started, end, &basis.excluded, SEGMENTS_MAX),
        spent_ms: compiled.index.elapsed(basis.started, reached, &basis.excluded),
        budget_ms: target.budget_ms(),
        reading,
    })
}
