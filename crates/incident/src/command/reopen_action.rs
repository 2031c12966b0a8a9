//! Reopen action: it is not done, or it was not enough (§3.7).
//!
//! - Given an action that is done or verified,
//! - when somebody finds that it is not, or that the incident came again,
//! - then its owner owes it anew by a new date, and a closed review goes on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{ActionState, Review};
use crate::{ActionId, ReviewId, Role, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReopenAction {
    /// The review.
    pub review: ReviewId,
    /// The action.
    pub action: ActionId,
    /// By when it will be done now.
    pub due_by: Timestamp,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ReopenAction,
    clause: "§3.7",
    label: "Reopen action",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether there is anything to reopen.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    if review.actions.iter().any(|action| action.state != ActionState::Open) {
        return Ok(());
    }
    Err(s.nothing_changes(&RULE, "every action is open"))
}

impl ReopenAction {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Review(self.review)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let review = s.review(&RULE, self.review)?;
        ready(s, review)?;
        let action = s.found(&RULE, review.action(self.action), "action")?;
        if action.state == ActionState::Open {
            return Err(s.nothing_changes(&RULE, "this action is open"));
        }
        text(&RULE, "reason", &self.reason)?;
        if self.due_by <= s.now {
            let what = "Reopen action: the date lies in the past";
            let instead = "Enter by when it will be done.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("due_by"));
        }
        let reason = self.reason.clone();
        let reopened = Fact::ActionReopened { action: self.action, due_by: self.due_by, reason };
        Ok(vec![s.event(Subject::Review(self.review), reopened)])
    }
}
