//! Signs that a record was steered to look good (§4.1): for a reviewer to look at, never a judgement.
//!
//! Each threshold is configuration; without one its sign is not looked for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::clock;
use crate::communication::Answer;
use crate::log::Incident;
use crate::oversight::Oversight;
use crate::setup::Setup;
use crate::{IncidentId, MINUTE, PersonId, Phase, Timestamp};

/// What is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OddityKind {
    /// The severity was lowered when little or nothing of a target was left.
    LoweredLate,
    /// It began to wait when little of a target was left.
    PausedLate,
    /// It was resolved, and reopened soon after.
    ReopenedSoon,
    /// It was closed without the client's word.
    ClosedUnconfirmed,
    /// A stop, or what else eases a clock, lies before its target, or before the last of it, and was entered later.
    BackDated,
}

/// One thing to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct Oddity {
    /// What.
    pub kind: OddityKind,
    /// In which record.
    pub incident: IncidentId,
    /// When.
    pub at: Timestamp,
    /// Whose deed it was, where the record says so.
    pub by: Option<PersonId>,
}

/// Everything odd about one record.
pub fn oddities(incident: &Incident, setup: &Setup) -> Vec<Oddity> {
    let rules = Oversight::at(setup, incident.logged.at).gaming;
    let odd = |kind, at, by| Oddity { kind, incident: incident.id, at, by };
    let mut all = Vec::new();
    if !incident.counts() {
        return all;
    }
    if let Some(percent) = rules.lowered_in_last_percent {
        let lowered =
            incident.severities.windows(2).filter(|pair| pair[0].severity.is_worse_than(pair[1].severity));
        let late = lowered.filter(|pair| is_late(incident, setup, pair[1].at, percent));
        all.extend(late.map(|pair| odd(OddityKind::LoweredLate, pair[1].at, Some(pair[1].by))));
    }
    if let Some(percent) = rules.paused_in_last_percent {
        let late = incident.pauses.iter().filter(|pause| is_late(incident, setup, pause.from, percent));
        all.extend(late.map(|pause| odd(OddityKind::PausedLate, pause.from, None)));
    }
    if let Some(minutes) = rules.reopened_within_minutes {
        let soon = |at: Timestamp, stopped: Option<Timestamp>| {
            stopped.is_some_and(|stopped| at.since(stopped) < i64::from(minutes) * MINUTE)
        };
        let again = incident.reopenings.iter().filter(|reopening| soon(reopening.at, reopening.stopped_at));
        all.extend(again.map(|reopening| odd(OddityKind::ReopenedSoon, reopening.at, Some(reopening.by))));
    }
    for stop in clock::back_dated(incident, setup) {
        all.push(odd(OddityKind::BackDated, stop.stopped, stop.by.first().copied()));
    }
    if let Phase::Closed { at, by } = incident.phase
        && incident.confirmation.as_ref().is_none_or(|asked| asked.answer != Answer::Confirmed)
    {
        all.push(odd(OddityKind::ClosedUnconfirmed, at, Some(by)));
    }
    all
}

/// Whether less than so many percent of the resolution target were left then, or nothing.
fn is_late(incident: &Incident, setup: &Setup, at: Timestamp, percent: u8) -> bool {
    let spent = clock::spent_percent(incident, setup, ClockKind::Resolution, at);
    spent.is_some_and(|spent| spent > 100 - i64::from(percent))
}
