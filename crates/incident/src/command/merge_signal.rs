//! Merge signal: it belongs to an incident that is open already (§3.1).
//!
//! - Given a signal in triage and an open incident of the same client,
//! - when somebody merges the one into the other,
//! - then both point to each other. Never over two clients (ruling 11).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::identification::Signal;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, SignalId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MergeSignal {
    /// The signal.
    pub signal: SignalId,
    /// The open incident it belongs to.
    pub into: IncidentId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::MergeSignal, clause: "§3.1", label: "Merge into incident", roles: HANDLERS };

/// Whether the state of the signal allows it.
pub(crate) fn ready(s: &Situation<'_>, signal: &Signal) -> Result<(), Refusal> {
    s.waits_in_triage(&RULE, signal)
}

impl MergeSignal {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Signal(self.signal), Subject::Incident(self.into)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let signal = s.signal(&RULE, self.signal)?;
        ready(s, signal)?;
        let incident = s.incident(&RULE, self.into)?;
        s.open(&RULE, incident)?;
        if signal.sighting.client.is_some_and(|client| client != incident.entry.client) {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::OtherClient,
                "Merge into incident: signal and incident belong to different clients",
                "Accept the signal as an incident of its own client.",
            )
            .under("§3.4"));
        }
        let joined = Fact::SignalJoined { signal: signal.id, summary: signal.sighting.summary.clone() };
        Ok(vec![
            s.event(Subject::Signal(signal.id), Fact::SignalMerged { into: incident.id }),
            s.event(Subject::Incident(incident.id), joined),
        ])
    }
}
