//! Merge a duplicate: the same outage of the same client was logged twice (§3.1; ruling 11).
//!
//! - Given two open incidents of one client,
//! - when somebody merges the one into the other, which is as severe and no nearer to its end, and whose clocks and words
//!   to the client are due no later,
//! - then the duplicate ends and points to the one that goes on for both. No deadline moves, and no breach is lost:
//!   whichever is due first has to be the one that stays. Nobody who waits on the duplicate is left without an answer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::agreement::ClockKind;
use crate::clock::{ClockState, Reading, read};
use crate::closing::awaited;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::communication::lost_beat;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergeIncident {
    /// The incident.
    pub incident: IncidentId,
    /// The incident that goes on for both.
    pub into: IncidentId,
    /// How it was seen that both are the same.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::MergeIncident, clause: "§3.1", label: "Merge as duplicate", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    s.incident_manager_for_high(&RULE, incident)?;
    if incident.family.parent.is_some() || !incident.family.children.is_empty() {
        let instead = "Part it from the outage first, or merge the other one into it.";
        return Err(s.too_late(&RULE, "it belongs to an outage over clients", instead));
    }
    match awaited(incident, &s.records.setup).first() {
        None => Ok(()),
        Some(owed) => Err(s.too_early(&RULE, &owed.why, &owed.instead).under(&owed.clause)),
    }
}

impl MergeIncident {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident), Subject::Incident(self.into)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        if self.into == self.incident {
            let what = "Merge as duplicate: an incident is no duplicate of itself";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, "Choose another one.").about("into"));
        }
        let into = s.incident(&RULE, self.into)?;
        s.open(&RULE, into)?;
        s.both_real(&RULE, incident, into)?;
        if into.entry.client != incident.entry.client {
            let what = "Merge as duplicate: the incidents belong to different clients";
            let instead = "Link them as parent and child; each client keeps its own.";
            return Err(Refusal::new(&RULE, RefusalCode::OtherClient, what, instead).under("§3.4"));
        }
        keeps_the_severity(incident, into)?;
        keeps_the_earliest(s, incident, into)?;
        keeps_the_process(incident, into)?;
        keeps_it_down(incident, into)?;
        keeps_the_cadence(s, incident, into)?;
        text(&RULE, "reason", &self.reason)?;
        let summary = incident.entry.summary.clone();
        let merged = Fact::IncidentMerged { into: into.id, reason: self.reason.clone() };
        let mut events = s.on_incident(incident.id, merged);
        events.extend(s.on_incident(into.id, Fact::DuplicateJoined { duplicate: incident.id, summary }));
        Ok(events)
    }
}

/// What goes on with both.
const OTHER_WAY: &str = "Merge the other one into this, or give both the same severity first.";

/// What is over goes on for nothing.
const REOPEN_FIRST: &str = "Reopen the other one first, or end this one by itself.";

/// What is, or was, severe stays so: lowering takes more than a merge (§3.3).
fn keeps_the_severity(incident: &Incident, into: &Incident) -> Result<(), Refusal> {
    let (own, stays) = (incident.severity(), into.severity());
    let (own_peak, stays_peak) = (incident.peak_severity(), into.peak_severity());
    let what = if own.is_worse_than(stays) {
        format!("it is Severity {}, and the other {}", own.number(), stays.number())
    } else if own_peak.is_worse_than(stays_peak) {
        format!("it was Severity {}, and the other never was", own_peak.number())
    } else {
        return Ok(());
    };
    let what = format!("Merge as duplicate: {what}");
    Err(Refusal::new(&RULE, RefusalCode::Invalid, what, OTHER_WAY).under("§3.3").about("into"))
}

/// Whatever is owed on the duplicate is owed no later on the one that stays.
fn keeps_the_earliest(s: &Situation<'_>, incident: &Incident, into: &Incident) -> Result<(), Refusal> {
    let setup = &s.records.setup;
    for kind in ClockKind::ALL {
        let (own, stays) = (read(incident, setup, kind, s.now), read(into, setup, kind, s.now));
        if let Some((why, instead)) = lets_go(&own, &stays) {
            let what = format!("Merge as duplicate: its {} clock {why}", kind.name().to_lowercase());
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).under("§3.3").about("into"));
        }
    }
    Ok(())
}

/// A process that runs is not lost, nor the question whether there is to be one: the other one runs its own, or has
/// the same question open.
fn keeps_the_process(incident: &Incident, into: &Incident) -> Result<(), Refusal> {
    let (why, instead) = if into.is_major_running() {
        return Ok(());
    } else if incident.is_major_running() {
        ("its major incident process would be lost", OTHER_WAY)
    } else if incident.open_proposal().is_some() && into.open_proposal().is_none() {
        let instead = "Decide that first, or merge the other one into this.";
        ("nobody has decided whether it is a major incident", instead)
    } else {
        return Ok(());
    };
    let what = format!("Merge as duplicate: {why}");
    Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).under("§3.6").about("into"))
}

/// How the clock that stays would let go of what the duplicate's promises, and what to do instead.
fn lets_go(own: &Reading, stays: &Reading) -> Option<(&'static str, &'static str)> {
    let is_later = own.due.is_some_and(|due| stays.due.is_none_or(|stays| stays > due))
        || (own.broken.is_some() && stays.broken.is_none());
    // A response that was given to the one was given to the outage.
    let is_over = !stays.is_unfinished() && own.kind != ClockKind::Response;
    if is_later {
        Some(("is due before that of the other", OTHER_WAY))
    } else if own.is_live() && is_over {
        Some(("runs, and that of the other has stopped", REOPEN_FIRST))
    } else if own.is_live() && waits_without_end(stays) && !waits_without_end(own) {
        let instead = "Resume the clock of the other one first, or merge the other one into this.";
        Some(("has an end, and that of the other waits without one", instead))
    } else {
        None
    }
}

/// Whether it stands still for as long as it takes: what is due then moves on with every minute.
const fn waits_without_end(reading: &Reading) -> bool {
    matches!(reading.state, ClockState::Paused { until: None, .. })
}

/// What is still down is no duplicate of what is back (§3.1), target or not.
fn keeps_it_down(incident: &Incident, into: &Incident) -> Result<(), Refusal> {
    if incident.restored.is_some() || into.restored.is_none() {
        return Ok(());
    }
    let what = "Merge as duplicate: service is back on the other, and not on it";
    Err(Refusal::new(&RULE, RefusalCode::Invalid, what, REOPEN_FIRST).about("into"))
}

/// What the client was promised on the duplicate is kept, owed or missed on the one that stays too.
fn keeps_the_cadence(s: &Situation<'_>, incident: &Incident, into: &Incident) -> Result<(), Refusal> {
    if lost_beat(incident, into, &s.records.setup, s.now).is_none() {
        return Ok(());
    }
    let what = "Merge as duplicate: the client is to hear sooner on it, or did not hear in time";
    let instead = "Tell the client on the other one by then, or merge the other one into this.";
    Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).under("§3.4").about("into"))
}
