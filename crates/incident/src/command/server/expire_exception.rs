//! Expire exception: its end has come (§4.2).
//!
//! - Given an exception in force,
//! - when the instant comes until which it was approved,
//! - then it is on record that it ended. What it covered ended at that instant, whenever this is written.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::Exception;
use crate::refusal::Refusal;
use crate::{ExceptionId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExpireException {
    /// The exception.
    pub exception: ExceptionId,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ExpireException, clause: "§4.2", label: "Expire exception", roles: &[Role::Server] };

/// Whether its end has come, and is not on record.
pub(crate) fn ready(s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
    match exception.expires_at() {
        None => Err(s.nothing_changes(&RULE, "it is not in force")),
        Some(until) if s.now < until => {
            Err(s.too_early(&RULE, "it lasts longer", "It ends by itself, or is revoked before."))
        }
        Some(_) => Ok(()),
    }
}

impl ExpireException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Exception(self.exception)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let exception = s.exception(&RULE, self.exception)?;
        ready(s, exception)?;
        Ok(vec![s.event(Subject::Exception(self.exception), Fact::ExceptionExpired)])
    }
}
