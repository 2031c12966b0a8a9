//! Verify action: somebody else has seen that it is done (§3.7).
//!
//! - Given an action whose owner says that it is done,
//! - when somebody else looks and says what they saw,
//! - then it is verified, and its effect is watched for the configured days.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::oversight::Oversight;
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{ActionState, Review};
use crate::{ActionId, ReviewId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct VerifyAction {
    /// The review.
    pub review: ReviewId,
    /// The action.
    pub action: ActionId,
    /// What was seen.
    pub text: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::VerifyAction, clause: "§3.7", label: "Verify action", roles: &[Role::Personnel] };

/// Whether an action of somebody else is done.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    let done = || review.actions.iter().filter(|action| action.state == ActionState::Done);
    if done().next().is_none() {
        return Err(s.too_early(&RULE, "no action waits for it", "Its owner finishes it first."));
    }
    if done().any(|action| action.owner != s.actor.person) { Ok(()) } else { Err(own()) }
}

fn own() -> Refusal {
    let instead = "Somebody else looks whether it is done.";
    Refusal::new(&RULE, RefusalCode::NotPermitted, "Verify action: you did it yourself", instead)
}

impl VerifyAction {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Review(self.review)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let review = s.review(&RULE, self.review)?;
        ready(s, review)?;
        let action = s.found(&RULE, review.action(self.action), "action")?;
        if action.state != ActionState::Done {
            return Err(s.too_early(
                &RULE,
                "this action does not wait for it",
                "Its owner finishes it first.",
            ));
        }
        if action.owner == s.actor.person {
            return Err(own());
        }
        text(&RULE, "text", &self.text)?;
        let effect_days = Oversight::at(&s.records.setup, s.now).reviews.effect_days;
        let verified = Fact::ActionVerified { action: self.action, text: self.text.clone(), effect_days };
        Ok(vec![s.event(Subject::Review(self.review), verified)])
    }
}
