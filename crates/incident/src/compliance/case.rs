//! An incident as the checks see it: its facts, its clocks, and the entries to cite.

use super::clause::{Check, Clause, names};
use super::finding::{Finding, OTHER_KIND};
use super::{Evidence, Verdict, service_level};
use crate::agreement::ClockKind;
use crate::clock::{ClockState, Reading, readings};
use crate::communication::cadence::{self, Beat};
use crate::exception::{Granted, Ground};
use crate::log::Incident;
use crate::setup::Setup;
use crate::{PersonId, Phase, Role, Severity, Span, Timestamp};

/// One incident at a moment.
pub(super) struct Case<'a> {
    pub(super) incident: &'a Incident,
    pub(super) setup: &'a Setup,
    pub(super) now: Timestamp,
    /// What each of its clients was and is to hear; none where it was never grave, and nothing was promised.
    pub(super) beats: Vec<Beat>,
    readings: Vec<Reading>,
}

impl<'a> Case<'a> {
    pub(super) fn of(incident: &'a Incident, setup: &'a Setup, now: Timestamp) -> Self {
        let mut messages = incident.communication.messages.iter();
        let is_promised = messages.any(|message| message.draft.next_update_at.is_some());
        let are_to_hear = incident.peak_severity().is_high() || is_promised;
        let beats = if are_to_hear { cadence::beats(incident, setup) } else { Vec::new() };
        Self { incident, setup, now, beats, readings: readings(incident, setup, now) }
    }

    /// What the clause's check finds. A cancelled incident was none: nothing was owed on it, but what was promised
    /// and had passed before.
    pub(super) fn judged(&self, clause: &Clause) -> Finding {
        let is_cancelled = matches!(self.incident.phase, Phase::Cancelled { .. });
        let (finding, clock) = match clause.check {
            Check::Incident(_) if is_cancelled => return Finding::not_applicable("it was cancelled"),
            Check::Incident(check) => (check(self), None),
            Check::Clock(kind) => (service_level::target(self, kind), Some(kind)),
            Check::Signal(_) | Check::Exception(_) | Check::Review(_) | Check::Audit(_) | Check::House(_) => {
                return Finding::not_applicable(OTHER_KIND);
            }
        };
        match finding.verdict {
            Verdict::Failed { at } => {
                let late = finding.stretch(at);
                finding.excepted_by(self.exception(clause.id, clock, late))
            }
            Verdict::Kept
            | Verdict::NotDueYet { .. }
            | Verdict::NotApplicable
            | Verdict::Excepted { .. }
            | Verdict::NeedsHumanReview => finding,
        }
    }

    /// The exception that covers every instant of a failure, one that was asked for in time before one that was
    /// not. What stands behind broken glass undecided excuses nothing (decision 71).
    fn exception(&self, clause: &str, clock: Option<ClockKind>, late: Span) -> Option<&Granted> {
        // One about a clock may name the clock's paragraph or that of its definition (§6).
        let is_named = |granted: &&Granted| clock.is_some() || names(&granted.clause, clause);
        let covers = |granted: &&Granted| {
            let is_whole = granted.from <= late.from && late.to <= granted.until;
            granted.clock == clock && granted.ground == Ground::Deviation && !granted.is_undecided && is_whole
        };
        self.incident
            .exceptions
            .iter()
            .filter(is_named)
            .filter(covers)
            .min_by_key(|granted| granted.is_retroactive)
    }

    /// Of several failures of a clause the first that counts most: what no exception covers, then what was
    /// excepted afterwards alone. One that is excused hides no other.
    pub(super) fn worst<T>(
        &self,
        clause: &str,
        failures: impl IntoIterator<Item = (Span, T)>,
    ) -> Option<(Span, T)> {
        failures.into_iter().min_by_key(|(late, _)| match self.exception(clause, None, *late) {
            None => 0,
            Some(granted) if granted.is_retroactive => 1,
            Some(_) => 2,
        })
    }

    /// Until when a clock ran: to its stop, to the end of the incident, or to this moment.
    pub(super) fn ran_until(&self, reading: &Reading) -> Timestamp {
        match reading.state {
            ClockState::Stopped { at } => at,
            ClockState::Running | ClockState::Paused { .. } | ClockState::NotCounted => self.until(),
        }
    }

    /// Until when something can be late on it: to the end of the incident, or to this moment.
    pub(super) fn until(&self) -> Timestamp {
        match &self.incident.phase {
            Phase::Closed { at, .. } | Phase::Cancelled { at, .. } => *at,
            Phase::Logged
            | Phase::Prioritised
            | Phase::Investigating
            | Phase::Resolving
            | Phase::Restored { .. } => self.now,
        }
    }

    pub(super) fn reading(&self, kind: ClockKind) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.kind == kind)
    }

    /// When it was closed, with that entry.
    pub(super) fn closed(&self) -> Option<(Timestamp, Evidence)> {
        match &self.incident.phase {
            Phase::Closed { at, by } => Some((*at, Evidence::deed("closed", "it was closed", *at, *by))),
            Phase::Logged
            | Phase::Prioritised
            | Phase::Investigating
            | Phase::Resolving
            | Phase::Restored { .. }
            | Phase::Cancelled { .. } => None,
        }
    }

    /// The same, but where the incident was taken over from another desk: what that desk never wrote down is
    /// no failure of anybody, it is no data (ruling 13).
    pub(super) fn unless_taken_over(&self, finding: Finding) -> Finding {
        let is_judged = matches!(finding.verdict, Verdict::Kept | Verdict::Failed { .. });
        if is_judged && self.is_taken_over() { Self::untold_elsewhere(finding.evidence) } else { finding }
    }

    /// Whether it was taken over from another desk.
    pub(super) fn is_taken_over(&self) -> bool {
        self.incident.logged.by == PersonId::SERVER
    }

    /// For people, because another desk's log does not tell.
    pub(super) fn untold_elsewhere(evidence: Vec<Evidence>) -> Finding {
        Finding::for_people("It was taken over from another desk, whose log does not tell.", evidence)
    }

    /// What has to be there when it is closed: kept as shown, or else failed by closing without it.
    pub(super) fn by_closing(&self, shown: Option<Evidence>, demand: &'static str) -> Finding {
        match (shown, self.closed()) {
            (Some(shown), _) => Finding::kept("It is on record.", vec![shown]),
            (None, Some((at, closed))) => {
                Finding::failed(at, format!("It was closed, and {demand}."), vec![closed])
            }
            (None, None) => Finding::not_due(None, "It is still worked on."),
        }
    }

    /// The entry that set a severity.
    pub(super) fn severity_set(&self, wanted: impl Fn(Severity) -> bool) -> Option<Evidence> {
        let (place, set) =
            self.incident.severities.iter().enumerate().find(|(_, set)| wanted(set.severity))?;
        let what = format!("Severity {}", set.severity.number());
        let fact = if place == 0 { "incident_logged" } else { "severity_changed" };
        Some(Evidence::deed(fact, what, set.at, set.by))
    }

    /// Its log entry.
    pub(super) fn logged(&self) -> Evidence {
        let stamp = &self.incident.logged;
        Evidence::deed("incident_logged", "it was logged", stamp.at, stamp.by)
    }

    /// Whether a person held one of these roles at an instant; `None` where the person is not known here.
    pub(super) fn held(&self, person: PersonId, roles: &[Role], at: Timestamp) -> Option<bool> {
        let held = self.setup.people.get(&person)?.roles_at(at);
        Some(roles.iter().any(|role| held.contains(role)))
    }
}
