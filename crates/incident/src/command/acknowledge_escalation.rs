//! Acknowledge escalation: whoever was called takes notice (§3.5).
//!
//! - Given an incident whose escalation has called me, or a call for more hands that nobody has answered,
//! - when I acknowledge it, and did not call for more hands myself,
//! - then it is silent for as long as its path says; if the cause still holds then, it calls again.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::escalation::Run;
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::obligation;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, MINUTE, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgeEscalation {
    /// The incident.
    pub incident: IncidentId,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::AcknowledgeEscalation,
    clause: "§3.5",
    label: "Acknowledge escalation",
    roles: &[Role::Personnel],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    runs(s, incident).map(|_| ())
}

/// The runs that this actor can silence.
fn runs<'a>(s: &Situation<'_>, incident: &'a Incident) -> Result<Vec<(u32, &'a Run)>, Refusal> {
    s.open(&RULE, incident)?;
    let mut waiting = waiting(s, incident);
    if waiting.is_empty() {
        return Err(s.too_early(&RULE, "it calls nobody now", "There is nothing to acknowledge."));
    }
    // Whoever oversees escalations (§3.2) may take notice for those who were called.
    if !s.actor.holds_any(&[Role::IncidentManager, Role::Supervisor]) {
        waiting.retain(|run| incident.escalating.has_called(*run, s.actor.person));
    }
    if waiting.is_empty() {
        return Err(Refusal::new(
            &RULE,
            RefusalCode::NotPermitted,
            "Acknowledge escalation: it has not called you",
            "Tell those who were called, or an Incident Manager.",
        ));
    }
    // Nobody answers what they asked for, as with a request for resources.
    waiting.retain(|(_, run)| !run.is_asked_by(s.actor.person));
    if waiting.is_empty() {
        return Err(Refusal::new(
            &RULE,
            RefusalCode::NotPermitted,
            "Acknowledge escalation: you called for more hands yourself",
            "Whoever it calls, another Incident Manager or a Supervisor takes notice of it.",
        ));
    }
    Ok(waiting)
}

/// The runs that wait for somebody to take notice: those that call, and calls for more hands that are over without an
/// answer.
fn waiting<'a>(s: &Situation<'_>, incident: &'a Incident) -> Vec<(u32, &'a Run)> {
    let escalating = &incident.escalating;
    if escalating.runs.is_empty() {
        return Vec::new();
    }
    let owed = obligation::of_incident(incident, &s.records.setup, s.now);
    let live = escalating.live(incident, &s.records.setup, &owed, s.now);
    let calling = live.iter().filter(|one| one.run.acknowledged.is_none() && !one.run.told().is_empty());
    let calling = calling.map(|one| (one.number, one.run));
    calling.chain(escalating.left_unanswered(&live)).collect()
}

impl AcknowledgeEscalation {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        let all = runs(s, incident)?.into_iter().map(|(run, of)| {
            // Every version that a run is bound to is kept; without one there would be no silence at all.
            let minutes = s.records.setup.path(of.bound).map_or(0, |path| path.acknowledged_minutes);
            let until = s.now.plus_millis(i64::from(minutes) * MINUTE);
            s.event(Subject::Incident(incident.id), Fact::EscalationAcknowledged { run, until })
        });
        Ok(all.collect())
    }
}
