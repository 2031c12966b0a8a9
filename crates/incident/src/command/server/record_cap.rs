//! Record cap: the agreement allows no more of a wait, and its clocks run on (§3.3; ruling 4, decision 212).
//!
//! - Given an incident that waits, and clocks whose wait has lasted as long as the agreement allows,
//! - when the server records it,
//! - then the log says that they run on. They do so whoever writes it down and when, and the pause stays open until
//!   somebody says what came.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordCap {
    /// The incident.
    pub incident: IncidentId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::RecordCap, clause: "§3.3", label: "Record cap", roles: &[Role::Server] };

impl RecordCap {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        let mut caps = clock::caps(incident, &s.records.setup).into_iter();
        let Some(cap) = caps.find(|cap| cap.at <= s.now) else {
            let why = "no wait has reached its cap since this was last on record";
            return Err(s.too_early(&RULE, why, "Wait for the cap."));
        };
        let fact = Fact::CapReached { reason: cap.reason, clocks: cap.clocks, since: cap.at };
        Ok(s.on_incident(incident.id, fact))
    }
}
