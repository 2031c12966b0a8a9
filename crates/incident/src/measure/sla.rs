//! SLA performance (§4.1): what became of each promise, by client, severity and clock.
//!
//! The denominator is what was decided: met, breached and uncertain. What is uncertain is never met. A breach that
//! an exception covered in time is left out of the net figure; one that was excepted afterwards stays a breach in
//! it and is listed apart (§4.2). One that was recorded wrongly stays a breach in both, and is left out of a third
//! figure, the corrected one (ruling 5).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CountedBy, Period, Share};
use crate::agreement::ClockKind;
use crate::clock::{ClockState, Promised, Reading, Verdict, promised};
use crate::log::Incident;
use crate::setup::Setup;
use crate::{ClientId, IncidentId, Severity, Timestamp};

/// Whose promise it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct CellKey {
    /// The client.
    pub client: ClientId,
    /// The severity whose target it was.
    pub severity: Severity,
    /// The clock.
    pub clock: ClockKind,
}

/// The incidents behind one figure: every one of the period is in exactly one list, one that moved in that of each
/// client whose promise it was, and those of `excepted`, `excepted_afterwards` and `corrected` in `breached` as well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "SlaCell")]
pub struct Cell {
    /// Kept.
    pub met: Vec<IncidentId>,
    /// Not kept.
    pub breached: Vec<IncidentId>,
    /// Not kept, and covered by an exception that was asked for in time.
    pub excepted: Vec<IncidentId>,
    /// Not kept, and excepted afterwards.
    pub excepted_afterwards: Vec<IncidentId>,
    /// On record as not kept, and found to be recorded wrongly.
    #[serde(default)]
    pub corrected: Vec<IncidentId>,
    /// The stamps are less certain than the margin.
    pub uncertain: Vec<IncidentId>,
    /// Not decided yet.
    pub pending: Vec<IncidentId>,
    /// Nothing was promised.
    pub no_target: Vec<IncidentId>,
    /// Ended without a stop on record.
    pub not_counted: Vec<IncidentId>,
}

impl Cell {
    /// Met, of all that were decided.
    pub fn raw(&self) -> Option<Share> {
        Share::of(self.met.len(), self.decided())
    }

    /// Met, of all that were decided and not excepted in time.
    pub fn net(&self) -> Option<Share> {
        Share::of(self.met.len(), self.decided() - self.excepted.len())
    }

    /// The net figure as it is without what was recorded wrongly: how that would have ended nobody knows, so it is
    /// left out (ruling 5).
    pub fn corrected(&self) -> Option<Share> {
        Share::of(self.met.len(), self.decided() - self.excepted.len() - self.corrected.len())
    }

    /// The denominator.
    pub fn decided(&self) -> usize {
        self.met.len() + self.breached.len() + self.uncertain.len()
    }

    fn take(&mut self, id: IncidentId, reading: &Reading) {
        match &reading.verdict {
            Verdict::Met { .. } => self.met.push(id),
            Verdict::Excluded { .. } => {
                self.breached.push(id);
                self.excepted.push(id);
            }
            Verdict::Breached { .. } => {
                self.breached.push(id);
                self.excepted_afterwards.extend(reading.excepted_afterwards.map(|_| id));
                self.corrected.extend(reading.corrected.map(|_| id));
            }
            Verdict::Uncertain { .. } => self.uncertain.push(id),
            Verdict::Pending => self.pending.push(id),
            Verdict::NoTarget { .. } => self.no_target.push(id),
            Verdict::NotApplicable => self.not_counted.push(id),
        }
    }
}

/// Every promise of the period, by whose it is.
pub fn performance<'a>(
    incidents: impl IntoIterator<Item = &'a Incident>,
    setup: &Setup,
    period: Period,
    now: Timestamp,
) -> BTreeMap<CellKey, Cell> {
    let mut cells: BTreeMap<_, Cell> = BTreeMap::new();
    for incident in incidents.into_iter().filter(|incident| incident.counts()) {
        // A promise is that of the client to whom it was given, whosever the incident turned out to be.
        let promised = ClockKind::ALL.into_iter().flat_map(|kind| promised(incident, setup, kind, now));
        for Promised { client, reading, .. } in promised {
            if !belongs(incident, &reading, period) {
                continue;
            }
            // A broken one is that of the severity then in force, whatever it was set to later.
            let severity = reading.broken.map_or(reading.severity, |broken| broken.severity);
            let key = CellKey { client, severity, clock: reading.kind };
            cells.entry(key).or_default().take(incident.id, &reading);
        }
    }
    cells
}

fn belongs(incident: &Incident, reading: &Reading, period: Period) -> bool {
    match (period.counted_by, &reading.state) {
        (CountedBy::Logged, _) => period.contains(incident.logged.at),
        (CountedBy::Stopped, ClockState::Stopped { at }) => period.contains(*at),
        // What was broken before it was cancelled stays in the figures, by the end that it had.
        (CountedBy::Stopped, ClockState::NotCounted) if reading.verdict != Verdict::NotApplicable => {
            incident.phase.ended_at().is_some_and(|at| period.contains(at))
        }
        (CountedBy::Stopped, ClockState::Running | ClockState::Paused { .. } | ClockState::NotCounted) => {
            false
        }
    }
}
