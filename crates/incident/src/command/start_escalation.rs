//! Start escalation: walk a defined path by hand, for attention or for additional resources (§3.5).
//!
//! - Given an open incident and a path that is defined for it,
//! - when anyone starts it with a reason,
//! - then the path's first step is called at once, and the next ones follow until somebody acknowledges. To
//!   hand it to one person is `escalate`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::escalation::{ByHand, Cause, EscalationPath};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StartEscalation {
    /// The incident.
    pub incident: IncidentId,
    /// Which path.
    pub path: EscalationPath,
    /// For what.
    pub need: ByHand,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::StartEscalation,
    clause: "§3.5",
    label: "Start escalation",
    roles: &[Role::Personnel],
};

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.stopped_at().is_some() {
        let instead = "Reopen it first, if service is not back.";
        return Err(s.too_late(&RULE, "it is resolved and service is back", instead));
    }
    Ok(())
}

impl StartEscalation {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "reason", &self.reason)?;
        let Some(path) = s.records.setup.path_for(self.path, incident, s.now) else {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Unknown,
                format!("Start escalation: no {} path is defined for this incident", self.path.name()),
                "Escalate it to a person by hand; an Administrator can define the path.",
            )
            .about("path"));
        };
        let cause = Cause::ByHand { need: self.need, at: s.now };
        let (bound, reason) = (path.bound(), self.reason.clone());
        let fact = Fact::EscalationBegun { path: self.path, bound, cause, over: Vec::new(), reason };
        Ok(s.on_incident(incident.id, fact))
    }
}
