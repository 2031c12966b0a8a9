//! Clocks whose promise was kept by words that were entered later than they say (§3.3, §4.1; decision 211): where the
//! target had passed by then, the word of one desk alone says so, until somebody else links what shows it.
//!
//! Both times are kept and neither is moved. A breach on record stays one, whatever is linked (ruling 5).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ClockState;
use super::basis::{Basis, stopped_at};
use super::heard::{self, HeardLate};
use crate::agreement::{ClockKind, ResponseReading};
use crate::event::{Event, Fact};
use crate::log::Incident;
use crate::obligation::{Duty, Obligation, Owner};
use crate::oversight::Oversight;
use crate::setup::Setup;
use crate::{PersonId, Role, Subject, Timestamp, Verb};

/// Who saw when a clock stopped, beside the person who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    /// A monitor, which told of the recovery.
    Monitoring,
    /// The client, who said since when all is well.
    Client,
}

impl Witness {
    /// All.
    pub const ALL: [Self; 2] = [Self::Monitoring, Self::Client];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Monitoring => "a monitor's recovery",
            Self::Client => "the client's statement",
        }
    }
}

/// What shows that a clock stopped when its stop says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StopEvidence {
    /// Which clock.
    pub clock: ClockKind,
    /// The stop that it shows.
    pub stopped: Timestamp,
    /// Who saw it.
    pub witness: Witness,
    /// Where that is found.
    pub link: String,
    /// Who linked it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// A clock that hangs on words which were entered when its target had passed, or hardly any of it was left, and which
/// lie before that. Nothing shows them yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackDated {
    /// Which clock.
    pub clock: ClockKind,
    /// When it stopped, as its stop says.
    pub stopped: Timestamp,
    /// Whose words they are.
    pub by: Vec<PersonId>,
    /// Whether the target was met by these words alone; where not, it was met either way.
    pub is_in_doubt: bool,
}

/// The stops of an incident that somebody has to look at.
pub fn back_dated(incident: &Incident, setup: &Setup) -> Vec<BackDated> {
    // Every duty of a record asks this, and most records have nothing of the kind.
    if incident.heard_late.is_empty() {
        return Vec::new();
    }
    ClockKind::ALL.into_iter().filter_map(|clock| of_clock(incident, setup, clock)).collect()
}

fn of_clock(incident: &Incident, setup: &Setup, clock: ClockKind) -> Option<BackDated> {
    let basis = Basis::of(incident, setup, clock, incident.updated_at);
    let ClockState::Stopped { at: stopped } = basis.state else { return None };
    let unshown = heard::unshown(&basis);
    let is_in_doubt = !unshown.is_empty();
    let words = if is_in_doubt { unshown } else { entered_near(&basis, stopped) };
    let by: Vec<_> = words.into_iter().map(|word| word.by).collect();
    (!by.is_empty()).then_some(BackDated { clock, stopped, by, is_in_doubt })
}

/// What was entered when hardly any of its target was left, and stopped the clock before that, as it says.
fn entered_near<'a>(basis: &'a Basis<'_>, stopped: Timestamp) -> Vec<&'a HeardLate> {
    let Some(mark) = last_part(basis).filter(|mark| stopped <= *mark) else { return Vec::new() };
    heard::words(basis).filter(|word| word.at == stopped && mark < word.entered).collect()
}

/// When the last part of the target begins, as large as the house sets it.
fn last_part(basis: &Basis<'_>) -> Option<Timestamp> {
    let last = Oversight::at(basis.setup, basis.incident.logged.at).gaming.back_dated_in_last_percent?;
    let promise = basis.promise().ok()?;
    let spent = 100 - i64::from(last.min(100));
    let budget_ms = promise.target.budget_ms().saturating_mul(spent) / 100;
    basis.course(basis.regime().agreement?).due(&promise.calendar.index, budget_ms)
}

/// What shows this stop of a clock, where something was linked.
pub(crate) fn evidence(incident: &Incident, clock: ClockKind, stopped: Timestamp) -> Option<&StopEvidence> {
    let mut linked = incident.stop_evidence.iter();
    linked.find(|linked| linked.clock == clock && linked.stopped == stopped)
}

/// Takes in what was linked: it shows the stop of that moment, however the response is read, and no later one after a
/// reopening.
pub(crate) fn link_evidence(incident: &mut Incident, event: &Event) {
    let Fact::EvidenceLinked { clock, witness, link } = &event.fact else { return };
    let readings = ResponseReading::ALL.into_iter();
    let stops: BTreeSet<_> = readings.filter_map(|read| stopped_at(incident, *clock, read)).collect();
    incident.stop_evidence.extend(stops.into_iter().map(|stopped| StopEvidence {
        clock: *clock,
        stopped,
        witness: *witness,
        link: link.clone(),
        by: event.actor,
        at: event.at,
    }));
}

/// Somebody else than whoever entered it looks at such a stop.
pub(crate) fn evidence_duty(incident: &Incident, setup: &Setup) -> Option<Obligation> {
    let stop = back_dated(incident, setup).into_iter().next()?;
    let what = stop.clock.name().to_lowercase();
    let why = format!(
        "What the {what} hangs on was entered when its target was past or nearly so: link what shows it."
    );
    Some(Obligation {
        subject: Subject::Incident(incident.id),
        duty: Duty::ValidateAndClose,
        owner: Owner { person: None, role: Role::IncidentManager },
        due: None,
        attention: None,
        clock: Some(stop.clock),
        paused: false,
        severity: incident.severity(),
        clause: "§4.1".into(),
        why,
        fulfilled_by: vec![Verb::LinkEvidence],
    })
}
