//! Close a suspicion: there was no data breach, or it goes on under its own policy (§5 Data Breach Response).
//!
//! - Given an open suspicion,
//! - when a member says what became of it,
//! - then it is closed. It is handed over only after the authority was told. The incident goes on by itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::Refusal;
use crate::suspicion::{Suspicion, SuspicionOutcome};
use crate::{Role, SuspicionId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CloseSuspicion {
    /// The suspicion.
    pub suspicion: SuspicionId,
    /// What became of it.
    pub outcome: SuspicionOutcome,
    /// How that is known.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::CloseSuspicion, clause: "§5", label: "Close suspicion", roles: &[Role::Personnel] };

/// Whether the state of the suspicion allows it.
pub(crate) fn ready(s: &Situation<'_>, suspicion: &Suspicion) -> Result<(), Refusal> {
    s.open_suspicion(&RULE, suspicion)
}

impl CloseSuspicion {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Suspicion(self.suspicion)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let suspicion = s.suspicion(&RULE, self.suspicion)?;
        ready(s, suspicion)?;
        if self.outcome == SuspicionOutcome::HandedOver && suspicion.notified.is_none() {
            let instead = "Tell it first, or say that there was no data breach.";
            return Err(s.too_early(&RULE, "the authority was not told", instead).about("outcome"));
        }
        text(&RULE, "text", &self.text)?;
        let (outcome, text) = (self.outcome, self.text.clone());
        Ok(vec![s.event(Subject::Suspicion(suspicion.id), Fact::SuspicionClosed { outcome, text })])
    }
}
