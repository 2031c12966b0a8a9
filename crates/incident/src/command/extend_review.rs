//! Extend review: another incident of the kind joins it (§3.7).
//!
//! - Given a review that goes on, or whose actions' effect is watched or still to be said,
//! - when another incident is found to belong to it,
//! - then one review covers it too, and every watched action is asked whether it was enough. A review that is finished,
//!   or that says something of before it was logged, covers none that has to be reviewed for its own severity or process:
//!   it is told of it, and that one keeps its own (decision 219).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Event, Fact, Subject};
use crate::log::Incident;
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{Action, Review, ReviewState};
use crate::{IncidentId, ReviewId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExtendReview {
    /// The review.
    pub review: ReviewId,
    /// The incident that joins.
    pub incident: IncidentId,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::ExtendReview,
    clause: "§3.7",
    label: "Extend review",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether the review can still take one in.
pub(crate) fn ready(s: &Situation<'_>, review: &Review) -> Result<(), Refusal> {
    let is_watched =
        |action: &Action| action.is_watched() || action.watched_until.is_some_and(|until| s.now < until);
    if review.state != ReviewState::Closed || review.actions.iter().any(is_watched) {
        return Ok(());
    }
    Err(s.too_late(&RULE, "it is closed and nothing of it is watched", "Open a review of this incident."))
}

impl ExtendReview {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        vec![Subject::Review(self.review), Subject::Incident(self.incident)]
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let review = s.review(&RULE, self.review)?;
        ready(s, review)?;
        let incident = s.incident(&RULE, self.incident)?;
        if review.convening.incidents.contains(&incident.id) {
            let what = "Extend review: this incident has joined it already";
            let instead = "Where it needs a review of its own, open that.";
            return Err(Refusal::new(&RULE, RefusalCode::AlreadyExists, what, instead).about("incident"));
        }
        if incident.review.review.is_some() && review.covers(incident) {
            let what = "Extend review: this incident has a review already";
            let instead = "One review covers an incident; look at that one.";
            return Err(Refusal::new(&RULE, RefusalCode::AlreadyExists, what, instead).about("incident"));
        }
        Ok(joined(s, review, incident))
    }
}

/// What happens where an incident joins a review: it is covered, or the review is told of it and no more.
pub(crate) fn joined(s: &Situation<'_>, review: &Review, incident: &Incident) -> Vec<Event> {
    let (client, logged_at) = (incident.entry.client, incident.logged.at);
    let extended = Fact::ReviewExtended { incident: incident.id, client, logged_at };
    let raised = review.asked_by(incident, &s.records.setup, s.now);
    let raised = raised.map(|stakes| Fact::ReviewRaised { stakes });
    let on_review = std::iter::once(extended).chain(raised);
    let mut events: Vec<_> = on_review.map(|fact| s.event(Subject::Review(review.id), fact)).collect();
    if review.covers(incident) {
        let attached = Fact::ReviewAttached { review: review.id };
        events.push(s.event(Subject::Incident(incident.id), attached));
    }
    events
}
