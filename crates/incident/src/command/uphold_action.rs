//! Uphold action: it came again, but not for want of this action (§3.7).
//!
//! - Given a verified action and an incident of its kind that came while its effect was watched,
//! - when management, or whoever is asked where the review is late, says why the action was enough all the same,
//! - then it stands, until the next one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::reopen_action::oversees;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::Refusal;
use crate::review::{Action, Review};
use crate::{ActionId, ReviewId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UpholdAction {
    /// The review.
    pub review: ReviewId,
    /// The action.
    pub action: ActionId,
    /// Why it was enough.
    pub reason: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::UpholdAction, clause: "§3.7", label: "Uphold action", roles: &[Role::Personnel] };

/// Whether an action is in doubt.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    oversees(s, &RULE, review)?;
    if review.actions.iter().any(Action::is_in_doubt) {
        return Ok(());
    }
    Err(s.nothing_changes(&RULE, "no action is in doubt"))
}

impl UpholdAction {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Review(self.review)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let review = s.review(&RULE, self.review)?;
        ready(s, review)?;
        let action = s.found(&RULE, review.action(self.action), "action")?;
        if !action.is_in_doubt() {
            return Err(s.nothing_changes(&RULE, "this action is not in doubt"));
        }
        text(&RULE, "reason", &self.reason)?;
        let upheld = Fact::ActionUpheld { action: self.action, reason: self.reason.clone() };
        Ok(vec![s.event(Subject::Review(self.review), upheld)])
    }
}
