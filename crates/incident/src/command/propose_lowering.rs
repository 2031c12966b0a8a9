//! Propose lowering: ask for a lower severity where one person is not enough (§3.3; ruling 5).
//!
//! - Given an open incident, and the severity this person saw,
//! - when somebody who handles incidents proposes a lower one with a reason,
//! - then it waits for somebody else, and the severity and its clocks stay as they are.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, Severity};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProposeLowering {
    /// The incident.
    pub incident: IncidentId,
    /// The severity this person saw.
    pub from: Severity,
    /// The lower severity.
    pub severity: Severity,
    /// Why, against the definitions of §3.3.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ProposeLowering, clause: "§3.3", label: "Propose lower severity", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.lowering.is_some() {
        return Err(s.nothing_changes(&RULE, "a lower severity is proposed already"));
    }
    if incident.severity() == Severity::Four {
        return Err(s.nothing_changes(&RULE, "no severity is lower than 4"));
    }
    Ok(())
}

impl ProposeLowering {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        let current = incident.severity();
        if current != self.from {
            return Err(s.changed_meanwhile(&RULE, format!("the severity is {} now", current.number())));
        }
        if !current.is_worse_than(self.severity) {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Invalid,
                format!("Propose lower severity: {} is not lower", self.severity.number()),
                "Raise it with Set severity, which needs nobody else.",
            )
            .about("severity"));
        }
        let (from, severity, reason) = (self.from, self.severity, self.reason.clone());
        Ok(s.on_incident(incident.id, Fact::LoweringProposed { from, severity, reason }))
    }
}
