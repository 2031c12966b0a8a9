//! Note that the authority was told: the statutory clock stops (§5 Data Breach Response).
//!
//! - Given an open suspicion,
//! - when a member writes down whom they told what,
//! - then that duty is done. The incident's own clocks know nothing of it.

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
pub struct NotifyAuthority {
    /// The suspicion.
    pub suspicion: SuspicionId,
    /// Who was told what.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::NotifyAuthority,
    clause: "§5",
    label: "Note that the authority was told",
    roles: &[Role::Personnel],
};

/// Whether the state of the suspicion allows it.
pub(crate) fn ready(s: &Situation<'_>, suspicion: &Suspicion) -> Result<(), Refusal> {
    s.open_suspicion(&RULE, suspicion)?;
    match suspicion.notified {
        None => Ok(()),
        Some(_) => Err(s.nothing_changes(&RULE, "the authority was told already")),
    }
}

impl NotifyAuthority {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Suspicion(self.suspicion)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let suspicion = s.suspicion(&RULE, self.suspicion)?;
        ready(s, suspicion)?;
        text(&RULE, "text", &self.text)?;
        Ok(vec![
            s.event(Subject::Suspicion(suspicion.id), Fact::AuthorityNotified { text: self.text.clone() }),
        ])
    }
}
