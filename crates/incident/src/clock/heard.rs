//! Deeds that ease a clock and that the server heard of later than they say (§3.3, §4.1; decision 211): where a promise
//! was kept as they say, and broken as the server heard of them, nobody knows whether it was kept.
//!
//! It moves no deed, and asks nothing of what others see at once, such as an assessment.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::basis::Basis;
use super::trust::UNBOUNDED_MS;
use crate::agreement::{ClockKind, ResponseReading};
use crate::communication::Answer;
use crate::event::{Event, Fact};
use crate::log::Incident;
use crate::{PersonId, Severity, Timestamp};

/// What eases a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Easing {
    /// Normal service was restored.
    Restored,
    /// It was resolved.
    Resolved,
    /// The client was told, or answered.
    Replied,
    /// It began to wait.
    Paused,
    /// This severity was set.
    SeveritySet(Severity),
}

impl Easing {
    const fn of(fact: &Fact) -> Option<Self> {
        match fact {
            Fact::ServiceRestored { .. } => Some(Self::Restored),
            Fact::Resolved { .. } => Some(Self::Resolved),
            Fact::DeliveryRecorded { is_told: true, .. }
            | Fact::RestorationConfirmed { answer: Answer::Confirmed | Answer::Disputed, .. } => {
                Some(Self::Replied)
            }
            Fact::ClockPaused { .. } => Some(Self::Paused),
            Fact::SeverityChanged { severity, .. } => Some(Self::SeveritySet(*severity)),
            // Whatever else was done eases none, or others see it at once.
            _ => None,
        }
    }

    /// Whether it may ease this clock, as its agreement reads it.
    fn eases(self, basis: &Basis<'_>) -> bool {
        match self {
            Self::Restored => basis.kind != ClockKind::Response,
            Self::Resolved => basis.kind == ClockKind::Resolution,
            Self::Replied => {
                basis.kind == ClockKind::Response && basis.response == ResponseReading::FirstReply
            }
            Self::Paused | Self::SeveritySet(_) => true,
        }
    }
}

/// A deed that eases a clock and that the server heard of later than it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeardLate {
    /// What was done.
    pub deed: Easing,
    /// When, as it says.
    pub at: Timestamp,
    /// When the server heard of it.
    pub entered: Timestamp,
    /// Whose word it is.
    pub by: PersonId,
}

impl HeardLate {
    /// Whether something was linked that shows it: what shows a stop shows all that led to it, and no later stop.
    fn is_shown(&self, basis: &Basis<'_>) -> bool {
        let mut linked = basis.incident.stop_evidence.iter();
        linked.any(|linked| linked.clock == basis.kind && self.at <= linked.stopped)
    }
}

/// Takes in what was heard of later than it says. What was taken over is history already.
pub(super) fn note(incident: &mut Incident, event: &Event) {
    let Some(deed) = Easing::of(&event.fact) else { return };
    if event.actor != PersonId::SERVER && event.at < event.received {
        let (at, entered, by) = (event.at, event.received, event.actor);
        incident.heard_late.push(HeardLate { deed, at, entered, by });
    }
}

/// What was heard of late, may ease this clock and is shown by nothing.
pub(super) fn words<'a>(basis: &'a Basis<'_>) -> impl Iterator<Item = &'a HeardLate> {
    let all = basis.incident.heard_late.iter();
    all.filter(move |word| word.deed.eases(basis) && !word.is_shown(basis))
}

/// The words on which alone it hangs that a promise was kept: entered when it may have been broken already, and broken
/// it was, had they been done only then.
pub(super) fn unshown<'a>(basis: &'a Basis<'_>) -> Vec<&'a HeardLate> {
    let Some(first_due) = basis.first_due() else { return Vec::new() };
    let late: Vec<_> = words(basis).filter(|word| first_due < word.entered).collect();
    let is_in_doubt = !late.is_empty() && basis.late().is_empty() && is_broken(basis, &late);
    if is_in_doubt { late } else { Vec::new() }
}

/// How far the words may be off on which alone it hangs that a promise was kept.
pub(super) fn unshown_ms(basis: &Basis<'_>) -> Option<u32> {
    let longest = unshown(basis).into_iter().map(|word| word.entered.since(word.at)).max()?;
    Some(u32::try_from(longest).unwrap_or(UNBOUNDED_MS))
}

/// Whether a promise was broken, had these deeds been done when the server heard of them.
fn is_broken(basis: &Basis<'_>, late: &[&HeardLate]) -> bool {
    let incident = as_heard(basis.incident, late);
    let read = Basis::reading(&incident, basis.setup, basis.kind, basis.response, basis.end);
    !Basis { judged: basis.judged, ..read }.late().is_empty()
}

/// The record as it would be, had these deeds been done when the server heard of them.
fn as_heard(incident: &Incident, late: &[&HeardLate]) -> Incident {
    let heard = |deeds: &[Easing], at: Timestamp| {
        let words = late.iter().filter(|word| word.at == at && deeds.contains(&word.deed));
        words.map(|word| word.entered).max().unwrap_or(at)
    };
    let mut told = incident.clone();
    if let Some(restored) = &mut told.restored {
        restored.at = heard(&[Easing::Restored], restored.at);
    }
    if let Some(resolved) = &mut told.resolved {
        resolved.at = heard(&[Easing::Resolved], resolved.at);
    }
    if let Some(replied) = &mut told.stamps.replied {
        replied.at = heard(&[Easing::Replied], replied.at);
    }
    // The provisional one came with the log entry.
    for set in told.severities.iter_mut().skip(1) {
        set.at = heard(&[Easing::SeveritySet(set.severity)], set.at);
    }
    for pause in &mut told.pauses {
        let from = heard(&[Easing::Paused], pause.from);
        pause.from = pause.to.map_or(from, |to| from.min(to));
    }
    // A stop that was taken back opened a stretch that may be left out.
    for again in &mut told.reopenings {
        let until = again.at;
        let stop = |deeds: &[Easing], at: Timestamp| heard(deeds, at).min(until);
        again.restored_at = again.restored_at.map(|at| stop(&[Easing::Restored], at));
        again.stopped_at = again.stopped_at.map(|at| stop(&[Easing::Restored, Easing::Resolved], at));
    }
    told
}
