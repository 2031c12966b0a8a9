//! Add action: what will be done so that it does not happen again (§3.7).
//!
//! - Given a review that is not closed,
//! - when somebody adds what to do, with one owner and a date,
//! - then its owner owes it by then, whatever becomes of the incident.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::line;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{Review, ReviewState};
use crate::{ActionId, PersonId, ReviewId, Role, Timestamp};

/// Actions that one review can have.
const ACTIONS_MAX: usize = 100;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddAction {
    /// The review.
    pub review: ReviewId,
    /// The action, named by the desk.
    pub action: ActionId,
    /// Its one owner.
    pub owner: PersonId,
    /// What to do, in one line, verb first.
    pub text: String,
    /// By when.
    pub due_by: Timestamp,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::AddAction, clause: "§3.7", label: "Add action", roles: &[Role::Personnel] };

/// Whether the review is not closed.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    if review.state != ReviewState::Closed {
        return Ok(());
    }
    Err(s.too_late(&RULE, "the review is closed", "Reopen an action that was not enough."))
}

/// Whether that person can own an action of the review: one who may see it.
pub(crate) fn owner(s: &Situation<'_>, review: &Review, owner: PersonId) -> Result<(), Refusal> {
    s.in_sight(&RULE, &review.convening.audience(), owner, "owner")
}

impl AddAction {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Review(self.review)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let review = s.review(&RULE, self.review)?;
        ready(s, review)?;
        s.is_new(&RULE, review.action(self.action).is_some(), "action")?;
        if review.actions.len() >= ACTIONS_MAX {
            let what = format!("Add action: a review has at most {ACTIONS_MAX} actions");
            return Err(Refusal::new(&RULE, RefusalCode::TooLong, what, "Keep those that prevent most."));
        }
        owner(s, review, self.owner)?;
        line(&RULE, "text", &self.text)?;
        if self.due_by <= s.now {
            let what = "Add action: the date lies in the past";
            let instead = "Enter by when it will be done.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("due_by"));
        }
        let (action, owner) = (self.action, self.owner);
        let added = Fact::ActionAdded { action, owner, text: self.text.clone(), due_by: self.due_by };
        Ok(vec![s.event(Subject::Review(self.review), added)])
    }
}
