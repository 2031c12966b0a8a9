//! Resolve: the cause is repaired or a permanent fix is in (§6 Resolution).
//!
//! - Given an incident that is assessed, assigned, and has a documented step (§3.1) or an exception from that (§4.2),
//! - when somebody records the final resolution and the cause,
//! - then it is resolved; with service back, its resolution clock stops at the later of both (ruling 3).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::Role;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Resolve {
    /// The incident.
    pub incident: IncidentId,
    /// The final resolution.
    pub text: String,
    /// The cause.
    pub cause: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::Resolve, clause: "§3.1", label: "Resolve", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    s.response_given(&RULE, incident)?;
    if incident.resolved.is_some() {
        return Err(s.nothing_changes(&RULE, "it is resolved already"));
    }
    if incident.steps == 0 && !s.excepted("§3.1/9", incident) {
        return Err(s
            .too_early(
                &RULE,
                "no resolution step is documented",
                "Record what was done as a resolution step first.",
            )
            .unless_excepted_by(&[Role::Supervisor]));
    }
    Ok(())
}

impl Resolve {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        text(&RULE, "text", &self.text)?;
        text(&RULE, "cause", &self.cause)?;
        let (text, cause) = (self.text.clone(), self.cause.clone());
        Ok(s.on_incident(incident.id, Fact::Resolved { text, cause }))
    }
}
