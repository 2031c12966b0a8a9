//! Finish action: it is done, and here is the evidence (§3.7).
//!
//! - Given an action that is to be done,
//! - when its owner says what shows that it is done,
//! - then somebody else owes a look at it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{ActionState, Review};
use crate::{ActionId, ReviewId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FinishAction {
    /// The review.
    pub review: ReviewId,
    /// The action.
    pub action: ActionId,
    /// What shows that it is done.
    pub evidence: String,
}

pub(crate) const RULE: Rule =
    Rule { verb: Verb::FinishAction, clause: "§3.7", label: "Finish action", roles: &[Role::Personnel] };

/// What somebody else does instead.
const ASK: &str = "Ask its owner to do it, or an Incident Manager to give it to you.";

/// Whether this person has an action to finish.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    let open = || review.actions.iter().filter(|action| action.state == ActionState::Open);
    if open().next().is_none() {
        return Err(s.nothing_changes(&RULE, "no action is open"));
    }
    if open().any(|action| action.owner == s.actor.person) {
        return Ok(());
    }
    Err(Refusal::new(&RULE, RefusalCode::NotPermitted, "Finish action: the open ones are not yours", ASK))
}

impl FinishAction {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Review(self.review)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let review = s.review(&RULE, self.review)?;
        ready(s, review)?;
        let action = s.found(&RULE, review.action(self.action), "action")?;
        if action.state != ActionState::Open {
            return Err(s.nothing_changes(&RULE, "this action is done"));
        }
        if action.owner != s.actor.person {
            return Err(Refusal::new(
                &RULE,
                RefusalCode::NotPermitted,
                "Finish action: it is not yours",
                ASK,
            ));
        }
        text(&RULE, "evidence", &self.evidence)?;
        let finished = Fact::ActionFinished { action: self.action, evidence: self.evidence.clone() };
        Ok(vec![s.event(Subject::Review(self.review), finished)])
    }
}
