//! Complete review: all its parts are there (§3.7).
//!
//! - Given a review whose root cause, lessons and response are written and that has an action,
//! - when whoever took part says so,
//! - then it is reviewed, and its actions are tracked.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::line;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{Review, ReviewState};
use crate::{ReviewId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CompleteReview {
    /// The review.
    pub review: ReviewId,
    /// Who took part, by name.
    pub took_part: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::CompleteReview,
    clause: "§3.7",
    label: "Complete review",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether nothing of it is empty.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    if review.state != ReviewState::Open {
        return Err(s.nothing_changes(&RULE, "it has been reviewed"));
    }
    let unwritten: Vec<_> = review.unwritten().map(|kind| kind.name().to_lowercase()).collect();
    if !unwritten.is_empty() {
        let what = format!("Complete review: still empty: {}", unwritten.join(", "));
        return Err(Refusal::new(&RULE, RefusalCode::Missing, what, "Write it first."));
    }
    if review.actions.is_empty() {
        let what = "Complete review: no action prevents it from happening again";
        let instead = "Add one, with an owner and a date.";
        return Err(Refusal::new(&RULE, RefusalCode::Missing, what, instead));
    }
    Ok(())
}

impl CompleteReview {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Review(self.review)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let review = s.review(&RULE, self.review)?;
        ready(s, review)?;
        line(&RULE, "took_part", &self.took_part)?;
        let completed = Fact::ReviewCompleted { took_part: self.took_part.clone() };
        Ok(vec![s.event(Subject::Review(self.review), completed)])
    }
}
