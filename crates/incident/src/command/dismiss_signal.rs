//! Dismiss signal: it is no incident (§6 Incident).
//!
//! - Given a signal in triage,
//! - when somebody who handles incidents says why it is none,
//! - then it leaves triage; signal and reason are kept for audit (§4.1).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::SignalId;
use crate::command::situation::text;
use crate::command::{Decision, HANDLERS, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::identification::Signal;
use crate::refusal::Refusal;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DismissSignal {
    /// The signal.
    pub signal: SignalId,
    /// Why it is no incident.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::DismissSignal, clause: "§3.1", label: "Not an incident", roles: HANDLERS };

/// Whether the state of the signal allows it.
pub(crate) fn ready(s: &Situation<'_>, signal: &Signal) -> Result<(), Refusal> {
    s.waits_in_triage(&RULE, signal)
}

impl DismissSignal {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Signal(self.signal)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        ready(s, s.signal(&RULE, self.signal)?)?;
        text(&RULE, "reason", &self.reason)?;
        let fact = Fact::SignalDismissed { reason: self.reason.clone() };
        Ok(vec![s.event(Subject::Signal(self.signal), fact)])
    }
}
