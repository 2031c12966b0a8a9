//! Close review: every action is verified (§3.7: findings and actions are tracked to completion).
//!
//! - Given a review that is reviewed,
//! - when every action is verified, or exceptions from §3.7 cover every one of its incidents,
//! - then it is closed; what an exception left open is owed all the same.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::situation::text;
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{Review, ReviewState};
use crate::{IncidentId, ReviewId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CloseReview {
    /// The review.
    pub review: ReviewId,
    /// The incident whose exception lets it be closed with open actions.
    pub incident: Option<IncidentId>,
    /// A closing remark.
    pub text: String,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::CloseReview,
    clause: "§3.7",
    label: "Close review",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether it is reviewed and nothing of it is open.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    match review.state {
        ReviewState::Open => {
            return Err(s.too_early(&RULE, "it has not been reviewed", "Complete it first."));
        }
        ReviewState::Closed => return Err(s.nothing_changes(&RULE, "it is closed")),
        ReviewState::Reviewed => {}
    }
    // What was allowed on one incident says nothing of the next; one that is not at hand is not known to be.
    let covered = &review.convening.incidents;
    let is_excepted = |id| s.records.incidents.get(id).is_some_and(|incident| s.excepted("§3.7", incident));
    let is_excepted = !covered.is_empty() && covered.iter().all(is_excepted);
    match review.unverified() {
        0 => Ok(()),
        _ if is_excepted => Ok(()),
        open => {
            let what = format!("Close review: actions that nobody has verified: {open}");
            let instead = "Track them to their end.";
            let refusal = Refusal::new(&RULE, RefusalCode::TooEarly, what, instead);
            Err(refusal.unless_excepted_by(&[Role::Supervisor]))
        }
    }
}

impl CloseReview {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let incident = self.incident.map(Subject::Incident);
        std::iter::once(Subject::Review(self.review)).chain(incident).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let review = s.review(&RULE, self.review)?;
        ready(s, review)?;
        text(&RULE, "text", &self.text)?;
        let closed = Fact::ReviewClosed { text: self.text.clone() };
        Ok(vec![s.event(Subject::Review(self.review), closed)])
    }
}
