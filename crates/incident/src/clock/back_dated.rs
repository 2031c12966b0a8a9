//! Stops that were entered later than they say (§3.3, §4.1; decision 211): where the target had passed by then, the
//! word of one desk alone says that it was kept, until somebody else links what shows it.
//!
//! Both times are kept and neither is moved. A breach on record stays one, whatever is linked (ruling 5).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::basis::{Basis, stopped_at};
use super::trust::UNBOUNDED_MS;
use super::{ClockState, Marked};
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

/// A stop that was entered when its target had passed, or hardly any of it was left, and that lies before that. Nothing
/// shows it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackDated {
    /// Which clock.
    pub clock: ClockKind,
    /// When it stopped, as its stop says.
    pub stopped: Timestamp,
    /// When the server heard of it.
    pub entered: Timestamp,
    /// Whose word it is.
    pub by: Vec<PersonId>,
}

/// The stops of an incident that somebody has to look at.
pub fn back_dated(incident: &Incident, setup: &Setup) -> Vec<BackDated> {
    [ClockKind::Restoration, ClockKind::Resolution]
        .into_iter()
        .filter_map(|clock| of_clock(incident, setup, clock))
        .collect()
}

fn of_clock(incident: &Incident, setup: &Setup, clock: ClockKind) -> Option<BackDated> {
    let entered = entered_at(incident, clock)?;
    let basis = Basis::of(incident, setup, clock, incident.updated_at);
    let ClockState::Stopped { at: stopped } = basis.state else { return None };
    if evidence(incident, clock, stopped).is_some() {
        return None;
    }
    let promise = basis.promise().ok()?;
    let course = basis.course(basis.regime().agreement?);
    let budget_ms = promise.target.budget_ms();
    let reached = |percent: i64| course.due(&promise.calendar.index, budget_ms.saturating_mul(percent) / 100);
    let last = Oversight::at(setup, incident.logged.at).gaming.back_dated_in_last_percent;
    let near = last.and_then(|last| reached(100 - i64::from(last.min(100))));
    let lies_before = |mark: Timestamp| stopped <= mark && mark < entered;
    let by = authors(incident, clock);
    let is_found = [reached(100), near].into_iter().flatten().any(lies_before);
    is_found.then_some(BackDated { clock, stopped, entered, by })
}

/// How far a stop may be off that was entered only after its target had passed, while nothing shows it.
pub(super) fn unshown_ms(basis: &Basis<'_>, due: Option<Timestamp>) -> Option<u32> {
    let (stopped, entered) = (basis.stopped?, entered_at(basis.incident, basis.kind)?);
    let is_late = due.is_some_and(|due| due < entered);
    let is_unshown = is_late && evidence(basis.incident, basis.kind, stopped).is_none();
    is_unshown.then(|| u32::try_from(entered.since(stopped)).unwrap_or(UNBOUNDED_MS))
}

/// What shows this stop of a clock, where something was linked.
pub(crate) fn evidence(incident: &Incident, clock: ClockKind, stopped: Timestamp) -> Option<&StopEvidence> {
    let mut linked = incident.stop_evidence.iter();
    linked.find(|linked| linked.clock == clock && linked.stopped == stopped)
}

/// Takes in what was linked: it shows the stop of that moment, and no later one after a reopening.
pub(crate) fn link_evidence(incident: &mut Incident, event: &Event) {
    let Fact::EvidenceLinked { clock, witness, link } = &event.fact else { return };
    let Some(stopped) = stopped_at(incident, *clock, ResponseReading::default()) else { return };
    incident.stop_evidence.push(StopEvidence {
        clock: *clock,
        stopped,
        witness: *witness,
        link: link.clone(),
        by: event.actor,
        at: event.at,
    });
}

/// Somebody else than whoever entered it looks at such a stop.
pub(crate) fn evidence_duty(incident: &Incident, setup: &Setup) -> Option<Obligation> {
    let stop = back_dated(incident, setup).into_iter().next()?;
    let what = stop.clock.name().to_lowercase();
    let why =
        format!("The {what} was entered when its target was past or nearly so: link what shows when it was.");
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

/// When the server heard of the last stop of a clock, where that was later than it says. The response is given by what
/// others see at once.
fn entered_at(incident: &Incident, clock: ClockKind) -> Option<Timestamp> {
    let stamps = &incident.stamps;
    let stops = match clock {
        ClockKind::Response => [None, None],
        ClockKind::Restoration => [stamps.restored, None],
        ClockKind::Resolution => [stamps.restored, stamps.resolved],
    };
    stops.into_iter().flatten().filter_map(|stop: Marked| stop.entered).max()
}

/// Whose word the stop of a clock is.
fn authors(incident: &Incident, clock: ClockKind) -> Vec<PersonId> {
    let restored = incident.restored.as_ref().map(|restored| restored.by);
    let resolved = incident.resolved.as_ref().map(|resolved| resolved.by);
    match clock {
        ClockKind::Response => Vec::new(),
        ClockKind::Restoration => restored.into_iter().collect(),
        ClockKind::Resolution => restored.into_iter().chain(resolved).collect(),
    }
}
