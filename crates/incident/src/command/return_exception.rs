//! Return exception: a question before the decision (§4.2).
//!
//! - Given a request that waits for a decision,
//! - when somebody who may decide asks a question,
//! - then whoever made it owes the answer, and the time to decide stands still, the first time.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::approve_exception::pending;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::Exception;
use crate::refusal::Refusal;
use crate::{ExceptionId, PersonId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReturnException {
    /// The exception.
    pub exception: ExceptionId,
    /// For whom, where it was delegated.
    pub acting_for: Option<PersonId>,
    /// The question.
    pub question: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ReturnException,
    clause: "§4.2",
    label: "Return exception",
    roles: &[Role::Personnel],
};

/// Whether the state of the request, and who acts, allow it.
pub(crate) fn ready(s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
    pending(s, &RULE, exception)?;
    s.decider_at_all(&RULE, exception)
}

impl ReturnException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Exception(self.exception)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let exception = s.exception(&RULE, self.exception)?;
        pending(s, &RULE, exception)?;
        s.decider(&RULE, exception, self.acting_for)?;
        text(&RULE, "question", &self.question)?;
        let returned = Fact::ExceptionReturned { question: self.question.clone() };
        Ok(vec![s.event(Subject::Exception(self.exception), returned)])
    }
}
