//! Link a change: the repair needs one (§5 Change Management).
//!
//! - Given an open incident,
//! - when somebody links its number, and says where that record names this incident,
//! - then both can be found from each other. Clocks wait for a change only where the agreement says so.

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
pub struct LinkChange {
    /// The incident.
    pub incident: IncidentId,
    /// Its number there.
    pub number: String,
    /// Where that record names this incident; absent while it does not.
    pub back_link: Option<String>,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::LinkChange, clause: "§5", label: "Link change", roles: HANDLERS };

/// Whether the state of the incident allows it.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)
}

impl LinkChange {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        linked(s, &RULE, incident, LinkKind::Change, (&self.number, self.back_link.as_deref()))
    }
}
