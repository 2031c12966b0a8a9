//! Brief management: what it is, whom it strikes, what is being done and what comes next (§3.4, §3.6).
//!
//! - Given a process that runs,
//! - when somebody tells management, with the time of the next word,
//! - then that time is owed. It can come sooner than the house's rhythm, never later.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::{IncidentId, Role, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BriefManagement {
    /// The incident.
    pub incident: IncidentId,
    /// What it is.
    pub what: String,
    /// Whom it strikes, and how.
    pub impact: String,
    /// What is being done.
    pub doing: String,
    /// What comes next.
    pub next: String,
    /// When management hears more.
    pub next_at: Timestamp,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::BriefManagement,
    clause: "§3.4",
    label: "Brief management",
    roles: &[Role::Personnel],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.running_major(&RULE, incident).map(|_| ())
}

impl BriefManagement {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        for (field, words) in
            [("what", &self.what), ("impact", &self.impact), ("doing", &self.doing), ("next", &self.next)]
        {
            text(&RULE, field, words)?;
        }
        s.ahead(&RULE, "next_at", self.next_at)?;
        Ok(s.on_incident(
            incident.id,
            Fact::ManagementBriefed {
                what: self.what.clone(),
                impact: self.impact.clone(),
                doing: self.doing.clone(),
                next: self.next.clone(),
                next_at: self.next_at,
            },
        ))
    }
}
