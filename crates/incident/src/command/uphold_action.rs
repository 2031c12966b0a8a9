//! Uphold action: it did not come again, or not for want of this action (§3.7).
//!
//! - Given a verified action whose days of watching are over, or an incident of its kind that came in them,
//! - when management, or whoever is asked where the review is late, says why the action was enough all the same,
//! - then it stands, until the next one. Nobody else says that it helped: silence is no answer (ruling 13), and
//!   nor is the word of whoever did it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::reopen_action::oversees;
use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
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

/// Whether somebody has to say of an action if it was enough.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    oversees(s, &RULE, review)?;
    let mut judged = review.actions.iter().filter(|action| action.is_to_be_judged(s.now)).peekable();
    if judged.peek().is_none() {
        return Err(s.nothing_changes(&RULE, "no action is in doubt, or was watched to the end"));
    }
    if judged.all(|action| is_own(s, action)) { Err(own()) } else { Ok(()) }
}

/// Nobody says of what they did themselves that it was enough.
fn is_own(s: &Situation<'_>, action: &Action) -> bool {
    action.owner == s.actor.person
}

fn own() -> Refusal {
    let what = "Uphold action: you did this action yourself";
    let instead = "Whoever verified it says so, or management.";
    Refusal::new(&RULE, RefusalCode::NotPermitted, what, instead)
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
        if !action.is_to_be_judged(s.now) {
            return Err(s.nothing_changes(&RULE, "this action is not in doubt, nor watched to the end"));
        }
        if is_own(s, action) {
            return Err(own());
        }
        text(&RULE, "reason", &self.reason)?;
        let upheld = Fact::ActionUpheld { action: self.action, reason: self.reason.clone() };
        Ok(vec![s.event(Subject::Review(self.review), upheld)])
    }
}
