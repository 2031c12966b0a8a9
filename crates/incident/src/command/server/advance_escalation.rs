//! Advance escalation: take what is due on an incident's escalations (§3.5).
//!
//! - Given causes that were found and steps whose time has come,
//! - when the server looks, however late,
//! - then each is taken once, with its true time beside it; a step that reaches nobody leads to the next one in
//!   the same moment.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::escalation::next_fact;
use crate::event::Subject;
use crate::records::Record;
use crate::{IncidentId, Role};

/// Facts of one look; every path ends long before.
const FACTS_MAX: usize = 1_000;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AdvanceEscalation {
    /// The incident.
    pub incident: IncidentId,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::AdvanceEscalation,
    clause: "§3.5",
    label: "Advance escalation",
    roles: &[Role::Server],
};

impl AdvanceEscalation {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let mut incident = s.incident(&RULE, self.incident)?.clone();
        s.open(&RULE, &incident)?;
        let mut events = Vec::new();
        while events.len() < FACTS_MAX
            && let Some(fact) = next_fact(&incident, &s.records.setup, s.now)
        {
            let event = s.event(Subject::Incident(incident.id), fact);
            Record::take(&mut incident, &event);
            events.push(event);
        }
        if events.is_empty() {
            return Err(s.too_early(&RULE, "no step is due", "Wait until one is."));
        }
        Ok(events)
    }
}
