//! Answer exception: the question is answered and the decision goes on (§4.2).
//!
//! - Given a request that went back with a question,
//! - when whoever made it answers,
//! - then it waits for a decision again, by a time from which the first question's wait is left out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::amend_exception::requester;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::exception::{Exception, ExceptionState};
use crate::oversight::{Oversight, Within, of_severity};
use crate::refusal::Refusal;
use crate::{ExceptionId, Role, Severity, Span, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerException {
    /// The exception.
    pub exception: ExceptionId,
    /// The answer.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AnswerException, clause: "§4.2", label: "Answer", roles: &[Role::Personnel] };

/// Whether the state of the request allows it.
pub(crate) fn ready(s: &Situation<'_>, exception: &Exception) -> Result<(), Refusal> {
    requester(s, &RULE, exception)?;
    if exception.state == ExceptionState::Returned {
        return Ok(());
    }
    Err(s.nothing_changes(&RULE, "nobody has asked"))
}

impl AnswerException {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Exception(self.exception)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let exception = s.exception(&RULE, self.exception)?;
        ready(s, exception)?;
        text(&RULE, "text", &self.text)?;
        let answered =
            Fact::ExceptionAnswered { text: self.text.clone(), decide_by: decide_by(s, exception) };
        Ok(vec![s.event(Subject::Exception(self.exception), answered)])
    }
}

/// By when it is decided, counted by the numbers in force when it was asked for, from when its words stand.
fn decide_by(s: &Situation<'_>, exception: &Exception) -> Option<Timestamp> {
    let [only] = exception.questions.as_slice() else { return exception.application.decide_by };
    let rules = Oversight::at(&s.records.setup, exception.requested_at).exceptions;
    let glass = rules.break_glass_minutes.map(|minutes| Within { minutes, calendar: None });
    let within = if exception.application.is_break_glass {
        glass
    } else {
        of_severity(&rules.decide_within, exception.application.severity.unwrap_or(Severity::Four)).cloned()
    };
    let since = exception.stands_since();
    let from = only.asked.at.max(since);
    let waited = Span { from, to: s.now.max(from) };
    within?.due(&s.records.setup, since, &[waited])
}
