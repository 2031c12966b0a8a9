//! Answer violation: the person says how it was (§4.3).
//!
//! - Given a proposed violation that is not decided,
//! - when the person it is about answers,
//! - then that stands beside it, with what else explains it, such as too few people.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::enforcement::{Excuse, Violation};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::{Role, ViolationId};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerViolation {
    /// The violation.
    pub violation: ViolationId,
    /// How it was.
    pub text: String,
    /// What else explains it.
    pub excuse: Option<Excuse>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::AnswerViolation,
    clause: "§4.3",
    label: "Answer violation",
    roles: &[Role::Personnel],
};

/// Whether it is this person's to answer, and time to.
pub(crate) fn ready(s: &Situation<'_>, violation: &Violation) -> Result<(), Refusal> {
    if violation.proposal.person != s.actor.person {
        let instead = "The person it is about answers.";
        return Err(Refusal::new(
            &RULE,
            RefusalCode::NotPermitted,
            "Answer violation: it is not about you",
            instead,
        ));
    }
    if violation.judgement.is_some() {
        return Err(s.too_late(&RULE, "it has been decided", "Talk to management."));
    }
    Ok(())
}

impl AnswerViolation {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Violation(self.violation)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let violation = s.violation(&RULE, self.violation)?;
        ready(s, violation)?;
        text(&RULE, "text", &self.text)?;
        let answered = Fact::ViolationAnswered { text: self.text.clone(), excuse: self.excuse };
        Ok(vec![s.event(Subject::Violation(self.violation), answered)])
    }
}
