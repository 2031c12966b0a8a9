//! Merge a duplicate: the same outage of the same client was logged twice (§3.1; ruling 11).
//!
//! - Given two open incidents of one client,
//! - when somebody merges the one into the other, which is as severe, and whose clocks and words to the client are due
//!   no later,
//! - then the duplicate ends and points to the one that goes on for both. No deadline moves, and no breach is lost:
//!   whichever is due first has to be the one that stays.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::agreement::ClockKind;
use crate::clock::read;
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
    Ok(())
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

/// Whatever is owed on the duplicate is owed no later on the one that stays, and a process that runs is not lost.
fn keeps_the_earliest(s: &Situation<'_>, incident: &Incident, into: &Incident) -> Result<(), Refusal> {
    let setup = &s.records.setup;
    let is_later = |kind| {
        let (own, stays) = (read(incident, setup, kind, s.now), read(into, setup, kind, s.now));
        own.due.is_some_and(|due| stays.due.is_none_or(|stays| stays > due))
            || (own.broken.is_some() && stays.broken.is_none())
    };
    if let Some(kind) = ClockKind::ALL.into_iter().find(|kind| is_later(*kind)) {
        let clock = kind.name().to_lowercase();
        let what = format!("Merge as duplicate: its {clock} clock is due before that of the other");
        return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, OTHER_WAY).under("§3.3").about("into"));
    }
    if incident.is_major_running() && !into.is_major_running() {
        let what = "Merge as duplicate: its major incident process would be lost";
        return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, OTHER_WAY).under("§3.6").about("into"));
    }
    Ok(())
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
