//! Take back a merge: it was no duplicate after all (§3.1).
//!
//! - Given an incident that was merged, within the time that the house allows for it,
//! - when somebody takes the merge back with a reason,
//! - then it goes on where it stood, and its clocks count as if it had never been away.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UndoMerge {
    /// The incident.
    pub incident: IncidentId,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::UndoMerge, clause: "§3.1", label: "Take back merge", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    if incident.family.merged.is_none() {
        return Err(s.too_early(&RULE, "it was not merged", "There is nothing to take back."));
    }
    match incident.merge_ends(&s.records.setup) {
        Some(ends) if s.now <= ends => Ok(()),
        Some(_) => Err(s.too_late(&RULE, "the time for it has passed", "Log a new incident.")),
        None => Err(s.too_late(
            &RULE,
            "no time is configured for it",
            "Log a new incident; an Administrator can set a time for the next one.",
        )),
    }
}

impl UndoMerge {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        let undone = Fact::MergeUndone { reason: self.reason.clone() };
        let mut events = s.on_incident(incident.id, undone);
        let kept = incident.family.merged.and_then(|merged| s.records.incidents.get(&merged.into));
        if let Some(kept) = kept {
            let parted = Fact::DuplicateParted { duplicate: incident.id, reason: self.reason.clone() };
            events.extend(s.on_incident(kept.id, parted));
        }
        Ok(events)
    }
}
