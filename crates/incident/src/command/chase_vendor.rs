//! Remind a vendor: it owes an answer (§5; §3.5 technical escalation).
//!
//! - Given a vendor that has not answered,
//! - when somebody reminds it,
//! - then the next reminder counts from here. When its answer was owed does not change.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::{text, waiting_case};
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{IncidentId, VendorCaseId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChaseVendor {
    /// The incident.
    pub incident: IncidentId,
    /// The case.
    pub case: VendorCaseId,
    /// What was said.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ChaseVendor, clause: "§5", label: "Remind vendor", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.related.waiting().next().is_none() {
        return Err(s.too_early(&RULE, "no vendor owes an answer", "Ask one first."));
    }
    Ok(())
}

impl ChaseVendor {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        waiting_case(&RULE, incident, self.case)?;
        text(&RULE, "text", &self.text)?;
        let (case, text) = (self.case, self.text.clone());
        Ok(s.on_incident(incident.id, Fact::VendorChased { case, text }))
    }
}
