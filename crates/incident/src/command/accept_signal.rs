//! Accept signal: log the incident that it tells of (§3.1 Identification, Logging).
//!
//! - Given a signal in triage,
//! - when the Service Desk accepts it with a complete entry of the same client and source,
//! - then the incident is logged, its clocks start (§6), and the signal points to it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::log_incident::{self, logged, with_former_numbers};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::identification::Signal;
use crate::log::LogEntry;
use crate::refusal::{Refusal, RefusalCode};
use crate::{IncidentId, SignalId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AcceptSignal {
    /// The signal.
    pub signal: SignalId,
    /// The incident, named by the desk that accepts.
    pub incident: IncidentId,
    /// The entry; its source is the signal's.
    pub entry: LogEntry,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::AcceptSignal,
    clause: "§3.1",
    label: "Accept and log",
    roles: log_incident::RULE.roles,
};

/// Whether the state of the signal allows it.
pub(crate) fn ready(s: &Situation<'_>, signal: &Signal) -> Result<(), Refusal> {
    s.waits_in_triage(&RULE, signal)
}

impl AcceptSignal {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let incidents = std::iter::once(self.incident).chain(self.entry.recurrence_of);
        std::iter::once(Subject::Signal(self.signal)).chain(incidents.map(Subject::Incident)).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let signal = s.signal(&RULE, self.signal)?;
        ready(s, signal)?;
        if self.entry.source != signal.sighting.source {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::Invalid,
                "Accept and log: the source differs from the signal's",
                "Keep the signal's source; it is part of the evidence.",
            )
            .about("source"));
        }
        if signal.sighting.client.is_some_and(|client| client != self.entry.client) {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::OtherClient,
                "Accept and log: signal and entry belong to different clients",
                "Keep the signal's client; if the signal names the wrong one, dismiss it and log the incident.",
            )
            .under("§3.4")
            .about("client"));
        }
        let mut events = logged(&RULE, s, self.incident, &self.entry, Some(self.signal))?;
        let accepted = Fact::SignalAccepted { incident: self.incident };
        events.push(s.event(Subject::Signal(self.signal), accepted));
        Ok(with_former_numbers(s, self.incident, events))
    }
}
