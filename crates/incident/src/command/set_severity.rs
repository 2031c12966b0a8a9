//! Set severity: impact alone (§3.3; ruling 1).
//!
//! - Given an open incident, and the severity this person saw,
//! - when somebody who handles incidents sets another with a reason,
//! - then its targets count from logged, no sooner late than now (ruling 5), and Severity 1 opens the major
//!   incident process (§3.6; ruling 9). Lowering Severity 1 or 2, or near or after a breach, takes two people:
//!   that is `propose_lowering`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Severity;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Event, Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::refusal::RefusalCode;
use crate::severity::lowering::SecondPerson;

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

/// Whether setting a severity opens the major incident process: Severity 1 does, whenever none runs (§3.6; ruling 9).
pub(crate) fn opens_process(incident: &Incident, severity: Severity) -> bool {
    severity == Severity::One && !incident.is_major_running()
}

/// The process that opens by itself at this severity, where it does not run.
pub(crate) fn process_opened(s: &Situation<'_>, incident: &Incident, severity: Severity) -> Vec<Event> {
    if !opens_process(incident, severity) {
        return Vec::new();
    }
    let because = "Severity 1 triggers it (§3.6)".to_owned();
    s.on_incident(incident.id, Fact::MajorIncidentDeclared { because })
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
        if let Some(why) = SecondPerson::needed(incident, &s.records.setup, s.now, self.severity) {
            return Err(needs_second_person(why));
        }
        let mut events = s.on_incident(
            incident.id,
            Fact::SeverityChanged {
                severity: self.severity,
                reason: self.reason.clone(),
                matrix: s.matrix_version(),
            },
        );
        events.extend(process_opened(s, incident, self.severity));
        Ok(events)
    }
}

fn needs_second_person(why: SecondPerson) -> Refusal {
    Refusal::new(
        &RULE,
        RefusalCode::NeedsSecondPerson,
        format!("Set severity: {}", why.because()),
        "Propose the lower severity; an Incident Manager or a Supervisor agrees, and it stays until then.",
    )
    .about("severity")
}
