//! Set severity: impact alone (§3.3; ruling 1).
//!
//! - Given an open incident, and the severity this person saw,
//! - when somebody who handles incidents sets another with a reason,
//! - then its targets count from logged, no sooner late than now (ruling 5), and Severity 1 opens the major
//!   incident process (§3.6; ruling 9). Only the Incident Manager takes Severity 1 back.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::refusal::RefusalCode;
use crate::{Role, Severity};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetSeverity {
    /// The incident.
    pub incident: IncidentId,
    /// The severity this person saw.
    pub from: Severity,
    /// The severity to set.
    pub severity: Severity,
    /// Why, against the definitions of §3.3.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::SetSeverity, clause: "§3.3", label: "Set severity", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl SetSeverity {
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
        if incident.severity_set && current == self.severity {
            return Err(s.nothing_changes(&RULE, "it has this severity already"));
        }
        if current.is_worse_than(self.severity) && incident.severity_set {
            self.lowering(s, current)?;
        }
        let mut events = s.on_incident(
            incident.id,
            Fact::SeverityChanged { severity: self.severity, reason: self.reason.clone() },
        );
        if self.severity == Severity::One && !incident.is_major_running() {
            let because = "Severity 1 triggers it (§3.6)".to_owned();
            events.extend(s.on_incident(incident.id, Fact::MajorIncidentDeclared { because }));
        }
        Ok(events)
    }

    /// Severity 1 is taken back by the Incident Manager alone (§3.6).
    fn lowering(&self, s: &Situation<'_>, current: Severity) -> Result<(), Refusal> {
        if current != Severity::One || s.actor.roles.contains(&Role::IncidentManager) {
            return Ok(());
        }
        Err(Refusal::new(
            &RULE,
            RefusalCode::NeedsIncidentManager,
            "Set severity: only the Incident Manager lowers Severity 1",
            "Ask the Incident Manager; meanwhile treat it as Severity 1.",
        )
        .under("§3.6"))
    }
}
