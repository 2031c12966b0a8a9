//! Report conditions, actions and needs: how it stands, what is being done, what is missing (§3.6).
//!
//! - Given a process that runs,
//! - when a technical lead reports,
//! - then the report is on record. What is needed is asked for on its own, so that somebody answers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReportConditions {
    /// The incident.
    pub incident: IncidentId,
    /// How it stands.
    pub conditions: String,
    /// What is being done.
    pub actions: String,
    /// What is missing.
    pub needs: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ReportConditions,
    clause: "§3.6",
    label: "Report conditions",
    roles: &[Role::Personnel],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.running_major(&RULE, incident).map(|_| ())
}

impl ReportConditions {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "conditions", &self.conditions)?;
        text(&RULE, "actions", &self.actions)?;
        text(&RULE, "needs", &self.needs)?;
        let (conditions, actions, needs) =
            (self.conditions.clone(), self.actions.clone(), self.needs.clone());
        Ok(s.on_incident(incident.id, Fact::ConditionsReported { conditions, actions, needs }))
    }
}
