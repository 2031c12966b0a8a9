//! Raise signal: anyone reports what may be an incident, promptly and without asking leave (§3.1, §3.2).
//!
//! - Given something that was seen,
//! - when anyone who works here, or a monitor through the server, reports it,
//! - then it waits in triage, and the Service Desk owes its logging.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::{LINE_MAX, TEXT_MAX, line, within};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::identification::Sighting;
use crate::refusal::{Refusal, RefusalCode};
use crate::{Role, SignalId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RaiseSignal {
    /// The signal, named by the desk that raises it.
    pub signal: SignalId,
    /// What was seen.
    pub sighting: Sighting,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RaiseSignal,
    clause: "§3.1",
    label: "Report",
    roles: &[Role::Personnel, Role::Server],
};

impl RaiseSignal {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Signal(self.signal)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        if s.records.signals.contains_key(&self.signal) {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::AlreadyExists,
                "Report: this signal is here already",
                "Open it in triage.",
            ));
        }
        let sighting = &self.sighting;
        line(&RULE, "summary", &sighting.summary)?;
        within(&RULE, "details", &sighting.details, TEXT_MAX)?;
        within(&RULE, "reporter", &sighting.reporter, LINE_MAX)?;
        within(&RULE, "dedup_key", sighting.dedup_key.as_deref().unwrap_or_default(), TEXT_MAX)?;
        within(&RULE, "link", sighting.link.as_deref().unwrap_or_default(), TEXT_MAX)?;
        s.reported(&RULE, sighting.reported_at)?;
        s.whose(&RULE, sighting.client, sighting.service)?;
        let fact = Fact::SignalRaised { sighting: self.sighting.clone() };
        Ok(vec![s.event(Subject::Signal(self.signal), fact)])
    }
}
