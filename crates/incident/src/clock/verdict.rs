//! What a clock says of its promise: met, broken, excused or not to be known.
//!
//! A failure on record is never argued away; an exception covers instants, and what is late outside of it is
//! late (§4.2; rulings 5, 12, 13).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::basis::{Basis, Course, Late};
use super::heard::unshown_ms;
use super::regime::Promise;
use super::{Broken, trust};
use crate::agreement::ClockStart;
use crate::exception::{Granted, Ground};
use crate::{ExceptionId, Phase, Span, Timestamp};

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
        /// When it was broken: the first instant that no exception covers.
        at: Timestamp,
        /// Whether it was late already when the severity was raised (ruling 5).
        on_arrival: bool,
    },
    /// Not kept, and an approved exception covers every instant of it (§4.2).
    Excluded {
        /// The exception that was in force when it was broken.
        exception: ExceptionId,
        /// When it was broken.
        at: Timestamp,
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

/// The breaches on record. They stand, whatever arrives late and would have prevented them (ruling 5).
fn recorded(basis: &Basis<'_>) -> impl Iterator<Item = Late> {
    let breaches = basis.incident.breaches.iter();
    let own = breaches.filter(move |breach| breach.clock == basis.kind && basis.judged.holds(breach.due));
    own.map(move |breach| {
        let mut later = basis.incident.severities.iter().skip(1);
        Late {
            span: Span { from: breach.due, to: breach.due.plus_millis(1) },
            due: breach.due,
            severity: breach.severity,
            on_arrival: later.any(|set| set.at == breach.due && set.severity == breach.severity),
        }
    })
}

/// What counts against the promise: what is on record, and every stretch in which it was late. A deadline that was
/// recorded wrongly counts only where nothing else does: a correction hides no later failure (decision 130).
pub(super) fn held_against(basis: &Basis<'_>) -> Vec<Late> {
    let is_wrong = |late: &Late| {
        let mut own = [late.span.from, late.due].into_iter().filter(|at| basis.judged.holds(*at));
        own.any(|at| correction(basis, at).is_some())
    };
    let (wrong, standing): (Vec<_>, Vec<_>) = recorded(basis).chain(basis.late()).partition(is_wrong);
    if standing.is_empty() { wrong } else { standing }
}

/// Whether a broken promise is judged although the incident ended without a stop (ruling 5): what was written
/// down is, what passed before somebody called it no incident, and a first reply that came back. A duplicate is judged
/// with what it was merged into, and of what was taken over closed nobody knows when it stopped.
pub(super) fn outlives_the_end(basis: &Basis<'_>) -> bool {
    let incident = basis.incident;
    let is_cancelled = matches!(incident.phase, Phase::Cancelled { .. });
    incident.family.merged.is_none() && (is_cancelled || basis.lost || recorded(basis).next().is_some())
}

/// The verdict on a clock that was late.
pub(super) fn broken(basis: &Basis<'_>, held: &[Late]) -> Verdict {
    let within_ms = within_ms(basis, basis.regime().agreement.map(|a| a.terms.start).unwrap_or_default());
    let is_on_record = |late: &Late| recorded(basis).any(|known| known.span.from == late.span.from);
    if let ([only], Some(stopped)) = (held, basis.stopped)
        && !only.on_arrival
        && !is_on_record(only)
        && stopped.since(only.span.from) <= i64::from(within_ms)
    {
        return Verdict::Uncertain { within_ms };
    }
    let uncovered = held
        .iter()
        .filter_map(|late| Some((first_uncovered(basis, late.span)?, late)))
        .min_by_key(|(at, _)| *at);
    if let Some((at, late)) = uncovered {
        return Verdict::Breached { at, on_arrival: late.on_arrival && at == late.span.from };
    }
    let first = held.iter().map(|late| late.span.from).min();
    let covered = first.and_then(|at| Some((at, excuses(basis).find(|granted| granted.covers(at))?.id)));
    match covered {
        Some((at, exception)) => Verdict::Excluded { exception, at },
        None => Verdict::Pending,
    }
}

/// Exceptions about this clock that were granted in time.
fn excuses<'a>(basis: &'a Basis<'_>) -> impl Iterator<Item = &'a Granted> {
    let kind = basis.kind;
    basis
        .incident
        .exceptions
        .iter()
        .filter(move |granted| granted.clock == Some(kind) && !granted.is_retroactive)
}

/// The first instant of a late stretch that no exception covers.
fn first_uncovered(basis: &Basis<'_>, late: Span) -> Option<Timestamp> {
    let mut at = late.from;
    while let Some(granted) = excuses(basis).find(|granted| granted.covers(at)) {
        at = granted.until;
        if at >= late.to {
            return None;
        }
    }
    Some(at)
}

/// The exception that was granted after the clock had been late: shown and counted apart, it changes nothing. It counts
/// where it covers all of the lateness that none covered in time (decision 97).
pub(super) fn excepted_afterwards(basis: &Basis<'_>, held: &[Late]) -> Option<ExceptionId> {
    let left = |late: &Late| Some(Span { from: first_uncovered(basis, late.span)?, to: late.span.to });
    let left: Vec<_> = held.iter().filter_map(left).collect();
    let covers = |granted: &&Granted| {
        let is_about = granted.is_retroactive && !granted.is_undecided && granted.clock == Some(basis.kind);
        let is_whole = left.iter().all(|late| granted.from <= late.from && late.to <= granted.until);
        is_about && granted.ground == Ground::Deviation && is_whole
    };
    let after = basis.incident.exceptions.iter().find(covers).filter(|_| !left.is_empty())?;
    Some(after.id)
}

/// The approved correction of the breach, where it was recorded wrongly.
pub(super) fn corrected(basis: &Basis<'_>, broken: Option<Broken>) -> Option<ExceptionId> {
    correction(basis, broken?.at)
}

/// The approved correction of a breach at `at`.
fn correction(basis: &Basis<'_>, at: Timestamp) -> Option<ExceptionId> {
    Some(basis.incident.exceptions.iter().find(|granted| granted.corrects(basis.kind, at))?.id)
}

/// The verdict on a clock that was never late.
pub(super) fn kept(basis: &Basis<'_>, course: &Course, promise: &Promise<'_>, start: ClockStart) -> Verdict {
    let Some(stopped) = basis.stopped else { return Verdict::Pending };
    // A stop before the start is no time at all; it says how wrong the stamps are.
    if stopped < course.started() {
        let off = u32::try_from(course.started().since(stopped)).unwrap_or(u32::MAX);
        return Verdict::Uncertain { within_ms: off };
    }
    let (index, budget_ms) = (&promise.calendar.index, promise.target.budget_ms());
    if let Some(within_ms) = unshown_ms(basis) {
        return Verdict::Uncertain { within_ms };
    }
    let spare_ms = budget_ms.saturating_sub(index.elapsed(course.started(), stopped, &course.excluded));
    let within_ms = within_ms(basis, start);
    if spare_ms < i64::from(within_ms) { Verdict::Uncertain { within_ms } } else { Verdict::Met { spare_ms } }
}

fn within_ms(basis: &Basis<'_>, start: ClockStart) -> u32 {
    trust::within_ms(basis.incident, basis.kind, basis.response, start)
}
