//! Reopen action: it is not done, it was not enough, or somebody else is to do it (§3.7).
//!
//! - Given an action that is done or verified, or an open one that goes to somebody else,
//! - when management, or whoever is asked where the review is late, says why and by when,
//! - then its owner owes it by that date, and a closed review goes on. An open one keeps its date until that has passed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{Action, ActionState, Review};
use crate::{ActionId, PersonId, ReviewId, Role, Timestamp};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReopenAction {
    /// The review.
    pub review: ReviewId,
    /// The action.
    pub action: ActionId,
    /// Who does it now, where that is somebody else.
    pub owner: Option<PersonId>,
    /// By when it will be done now.
    pub due_by: Timestamp,
    /// Why.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::ReopenAction, clause: "§3.7", label: "Reopen action", roles: &[Role::Personnel] };

/// Whether there is anything to reopen, or to give to somebody else.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    oversees(s, &RULE, review)?;
    if review.actions.is_empty() {
        return Err(s.too_early(&RULE, "the review has no action", "Add what will be done."));
    }
    Ok(())
}

/// Management oversees the actions of a review, and so does whoever is asked where it is late, or verifies one that is
/// theirs.
pub(crate) fn oversees(s: &Situation<'_>, rule: &Rule, review: &Review) -> Result<(), Refusal> {
    let person = s.actor.person;
    let mut verifiers = review.actions.iter().map(|action| review.verifier(action));
    if person == review.convening.manager || verifiers.any(|verifier| verifier == person) {
        return Ok(());
    }
    s.permit(&Rule { roles: &[Role::IncidentManager, Role::Supervisor], ..*rule })
}

/// Whether that person can own the action from now on: one who may see the review, and not the owner of an open one.
pub(crate) fn owner(
    s: &Situation<'_>,
    review: &Review,
    action: &Action,
    owner: PersonId,
) -> Result<(), Refusal> {
    if action.state == ActionState::Open && owner == action.owner {
        return Err(s.nothing_changes(&RULE, "this action is open, and is this person's already"));
    }
    s.in_sight(&RULE, &review.convening.audience(), owner, "owner")
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
        owner(s, review, action, self.owner.unwrap_or(action.owner))?;
        text(&RULE, "reason", &self.reason)?;
        self.check_date(s, action)?;
        let given = self.owner.filter(|owner| *owner != action.owner);
        let (action, due_by, reason) = (self.action, self.due_by, self.reason.clone());
        let reopened = Fact::ActionReopened { action, due_by, owner: given, reason };
        Ok(vec![s.event(Subject::Review(self.review), reopened)])
    }

    /// Ahead, and no later than what was set for an open action, until that has passed: whose it is moves no date.
    fn check_date(&self, s: &Situation<'_>, action: &Action) -> Result<(), Refusal> {
        let is_pending = action.state == ActionState::Open && s.now < action.due_by;
        let (why, instead) = if self.due_by <= s.now {
            ("the date lies in the past", "Enter by when it will be done.")
        } else if is_pending && action.due_by < self.due_by {
            ("this action has a date, and giving it away moves none", "Enter that date, or an earlier one.")
        } else {
            return Ok(());
        };
        let what = format!("{}: {why}", RULE.label);
        Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("due_by"))
    }
}
