//! Note on a suspicion: what members found out (§5 Data Breach Response).
//!
//! - Given an open suspicion,
//! - when a member writes something down,
//! - then members read it, and nobody else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::Refusal;
use crate::suspicion::Suspicion;
use crate::{Role, SuspicionId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteSuspicion {
    /// The suspicion.
    pub suspicion: SuspicionId,
    /// What there is to say.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::NoteSuspicion, clause: "§5", label: "Note on suspicion", roles: &[Role::Personnel] };

/// Whether the state of the suspicion allows it.
pub(crate) fn ready(s: &Situation<'_>, suspicion: &Suspicion) -> Result<(), Refusal> {
    s.open_suspicion(&RULE, suspicion)
}

impl NoteSuspicion {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Suspicion(self.suspicion)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let suspicion = s.suspicion(&RULE, self.suspicion)?;
        ready(s, suspicion)?;
        text(&RULE, "text", &self.text)?;
        Ok(vec![s.event(Subject::Suspicion(suspicion.id), Fact::SuspicionNoted { text: self.text.clone() })])
    }
}
