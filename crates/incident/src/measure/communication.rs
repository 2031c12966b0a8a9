//! Communication timeliness (§3.4, §4.1): first notices and updates that arrived in time, by client, severity and
//! kind.
//!
//! Every beat of the cadence counts by itself, so that an incident stands in a list as often as its client was to
//! hear. The denominator is what was decided: told in time, and late. What no agreement and no promise gave a
//! time is never in time. An exception from §3.4 counts as one from a target does (decision 73).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CountedBy, Period, Share};
use crate::communication::cadence::{Beat, BeatKind, BeatState, beats};
use crate::log::Incident;
use crate::setup::Setup;
use crate::{ClientId, IncidentId, Phase, Severity, Timestamp};

/// Who was to hear what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct BeatKey {
    /// The client.
    pub client: ClientId,
    /// The severity by whose cadence it fell due; at 3 and 4, at which it was promised.
    pub severity: Severity,
    /// First notice or update.
    pub kind: BeatKind,
}

/// The beats behind one figure, each as its incident: every one is in exactly one list, those of `excepted` and
/// `excepted_afterwards` in `late` as well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Told {
    /// Told by the time that was due.
    pub in_time: Vec<IncidentId>,
    /// Told later, or not yet although it is due.
    pub late: Vec<IncidentId>,
    /// Late, and covered by an exception that was asked for in time.
    pub excepted: Vec<IncidentId>,
    /// Late, and excepted afterwards.
    pub excepted_afterwards: Vec<IncidentId>,
    /// Owed, and not due yet.
    pub pending: Vec<IncidentId>,
    /// No agreement and no promise gave a time.
    pub no_time: Vec<IncidentId>,
    /// It ceased to be owed before it was due.
    pub ceased: Vec<IncidentId>,
}

impl Told {
    /// Told in time, of all that were decided.
    pub fn raw(&self) -> Option<Share> {
        Share::of(self.in_time.len(), self.decided())
    }

    /// Told in time, of all that were decided and not excepted in time.
    pub fn net(&self) -> Option<Share> {
        Share::of(self.in_time.len(), self.decided() - self.excepted.len())
    }

    /// The denominator.
    pub fn decided(&self) -> usize {
        self.in_time.len() + self.late.len()
    }

    fn take(&mut self, incident: &Incident, beat: &Beat, now: Timestamp) {
        let id = incident.id;
        if beat.due.is_none() {
            return self.no_time.push(id);
        }
        if let Some(late) = beat.late(now) {
            self.late.push(id);
            let mut excuses =
                incident.exceptions.iter().filter(|granted| granted.excuses_all_of(beat.clause(), late));
            // One in time is enough; one that came afterwards is told apart.
            match excuses.clone().any(|granted| !granted.is_retroactive) {
                true => self.excepted.push(id),
                false => self.excepted_afterwards.extend(excuses.next().map(|_| id)),
            }
            return;
        }
        match beat.state {
            BeatState::Told { .. } => self.in_time.push(id),
            BeatState::Owed => self.pending.push(id),
            BeatState::Ceased { .. } => self.ceased.push(id),
        }
    }
}

/// Every beat of the period, by whose it is.
pub fn communication<'a>(
    incidents: impl IntoIterator<Item = &'a Incident>,
    setup: &Setup,
    period: Period,
    now: Timestamp,
) -> BTreeMap<BeatKey, Told> {
    let mut all: BTreeMap<_, Told> = BTreeMap::new();
    // What was none was no news to anybody (decision 90).
    let is_cancelled = |incident: &Incident| matches!(incident.phase, Phase::Cancelled { .. });
    for incident in incidents.into_iter().filter(|incident| incident.counts() && !is_cancelled(incident)) {
        for beat in beats(incident, setup).iter().filter(|beat| belongs(incident, beat, period)) {
            let key = BeatKey { client: beat.client, severity: beat.severity, kind: beat.kind };
            all.entry(key).or_default().take(incident, beat, now);
        }
    }
    all
}

fn belongs(incident: &Incident, beat: &Beat, period: Period) -> bool {
    match period.counted_by {
        CountedBy::Logged => period.contains(incident.logged.at),
        CountedBy::Stopped => ended_at(beat).is_some_and(|at| period.contains(at)),
    }
}

const fn ended_at(beat: &Beat) -> Option<Timestamp> {
    match beat.state {
        BeatState::Owed => None,
        BeatState::Told { at } | BeatState::Ceased { at } => Some(at),
    }
}
