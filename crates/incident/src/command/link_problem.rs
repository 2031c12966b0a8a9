//! Link a problem: its cause outlives the incident (§5 Problem Management).
//!
//! - Given an open incident,
//! - when somebody links its number, and says where that record names this incident,
//! - then both can be found from each other. Raising a problem pauses no clock (ruling 4).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::IncidentId;
use crate::command::situation::linked;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::Subject;
use crate::log::Incident;
use crate::refusal::Refusal;
use crate::related::LinkKind;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LinkProblem {
    /// The incident.
    pub incident: IncidentId,
    /// Its number there.
    pub number: String,
    /// Where that record names this incident; absent while it does not.
    pub back_link: Option<String>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::LinkProblem, clause: "§5", label: "Link problem", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl LinkProblem {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        linked(s, &RULE, incident, LinkKind::Problem, (&self.number, self.back_link.as_deref()))
    }
}
