//! Agree lowering: the second person to a lower severity (§3.3; ruling 5).
//!
//! - Given a lower severity that somebody proposed,
//! - when another person agrees who answers for incidents, and who has no deadline to gain by it,
//! - then the severity is lowered from here on; what was late before stays late.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::severity::lowering::{JUDGES, Lowering, SecondPerson};
use crate::{IncidentId, Severity};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AgreeLowering {
    /// The incident.
    pub incident: IncidentId,
    /// The lower severity this person read.
    pub severity: Severity,
    /// Why it is right.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AgreeLowering, clause: "§3.3", label: "Agree to lower severity", roles: JUDGES };

/// Whether the state of the incident allows it, to this person.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    let asked = proposed(s, &RULE, incident)?;
    if asked.by == s.actor.person {
        return Err(somebody_else("you proposed it yourself"));
    }
    let is_assignee = incident.assignment.as_ref().is_some_and(|held| held.to == s.actor.person);
    if is_assignee && SecondPerson::at_stake(incident, &s.records.setup, s.now).is_some() {
        return Err(somebody_else("it is assigned to you, and one of its targets is at stake"));
    }
    Ok(())
}

/// The proposal that waits.
pub(crate) fn proposed<'a>(
    s: &Situation<'_>,
    rule: &Rule,
    incident: &'a Incident,
) -> Result<&'a Lowering, Refusal> {
    let nothing =
        || s.too_early(rule, "no lower severity is proposed", "Propose one first, with its reason.");
    incident.lowering.as_ref().ok_or_else(nothing)
}

fn somebody_else(why: &str) -> Refusal {
    Refusal::new(
        &RULE,
        RefusalCode::NeedsSecondPerson,
        format!("Agree to lower severity: {why}"),
        "Ask another Incident Manager or a Supervisor.",
    )
}

impl AgreeLowering {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        let asked = proposed(s, &RULE, incident)?;
        if asked.severity != self.severity {
            let how = format!("Severity {} is proposed now", asked.severity.number());
            return Err(s.changed_meanwhile(&RULE, how));
        }
        let mut events = s.on_incident(incident.id, Fact::LoweringAgreed { text: self.text.clone() });
        events.extend(s.on_incident(
            incident.id,
            Fact::SeverityChanged {
                severity: asked.severity,
                reason: asked.reason.clone(),
                matrix: s.matrix_version(),
            },
        ));
        Ok(events)
    }
}
