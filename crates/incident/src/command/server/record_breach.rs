//! Record breach: a target passed (§3.3; ruling 13).
//!
//! - Given a clock whose deadline lies before now, and that did not stop within the bound of its stamps,
//! - when the server records it, once for each client whose promise it was,
//! - then the breach is on record for good, with the versions that were in force when it passed, and nothing else
//!   is written.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::agreement::ClockKind;
use crate::clock;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordBreach {
    /// The incident.
    pub incident: IncidentId,
    /// The clock.
    pub clock: ClockKind,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::RecordBreach, clause: "§3.3", label: "Record breach", roles: &[Role::Server] };

impl RecordBreach {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        let promised = clock::promised(incident, &s.records.setup, self.clock, s.now);
        let broken: Vec<_> = promised.iter().filter_map(|promised| promised.reading.breach()).collect();
        if broken.is_empty() {
            return Err(s.too_early(&RULE, "no target has passed", "Wait for the deadline."));
        }
        let Some(breach) = broken.into_iter().find(|breach| !incident.breaches.contains(breach)) else {
            return Err(s.nothing_changes(&RULE, "this breach is on record already"));
        };
        let counted_by = clock::counted_by(incident, &s.records.setup, self.clock, breach.due);
        let (clock, due, severity) = (self.clock, breach.due, breach.severity);
        let fact = Fact::TargetBreached { clock, due, severity, counted_by };
        Ok(vec![s.event(Subject::Incident(incident.id), fact)])
    }
}
