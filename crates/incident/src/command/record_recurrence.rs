//! Record recurrence: it is the third of its kind (§3.7; ruling 9).
//!
//! - Given an open incident that is categorised,
//! - when as many distinct outages of its client, service and category as configured lie within the days, and none
//!   that is open is newer,
//! - then they are recurring, and a review of all of them is due; where one goes on already, it takes this one in.
//!   Whoever says so names some of them; the records at hand say which they are.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::extend_review::{self, joined};
use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::oversight::Oversight;
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{Review, Trigger, recurring};
use crate::{IncidentId, Role};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordRecurrence {
    /// The incident.
    pub incident: IncidentId,
    /// Those before it, and those after it that are closed, as far as whoever says so knows them.
    #[serde(default)]
    pub incidents: Vec<IncidentId>,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::RecordRecurrence,
    clause: "§3.7",
    label: "Record recurrence",
    roles: &[Role::IncidentManager, Role::Supervisor, Role::Server],
};

/// Whether the incident is open and not known to recur.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    s.open(&RULE, incident)?;
    if incident.review.recurs_with.is_empty() {
        return Ok(());
    }
    Err(s.nothing_changes(&RULE, "it is known to recur"))
}

impl RecordRecurrence {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let others = self.incidents.iter().copied().map(Subject::Incident);
        std::iter::once(Subject::Incident(self.incident)).chain(others).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let named: BTreeSet<_> = self.incidents.iter().copied().collect();
        named.iter().try_for_each(|id| s.incident(&RULE, *id).map(|_| ()))?;
        let Some(rule) = Oversight::at(&s.records.setup, incident.logged.at).reviews.recurrence else {
            let why = "no number of incidents and days is set";
            return Err(s.too_early(&RULE, why, "An Administrator can set them."));
        };
        let at_hand = || s.records.incidents.values().map(AsRef::as_ref);
        let with = recurring(at_hand(), incident, rule);
        if with.is_empty() {
            let what = format!(
                "Record recurrence: these are fewer than {} outages of one client, service and category in {} days",
                rule.count, rule.days
            );
            let instead = "Name those that are, on the newest that is open; one outage counts once.";
            return Err(Refusal::new(&RULE, RefusalCode::TooEarly, what, instead).about("incidents"));
        }
        let others: Vec<_> = at_hand().filter(|other| with.contains(&other.outage())).collect();
        let shared = shared(s, incident, &others);
        let found = Fact::RecurrenceFound { with: with.into_iter().collect() };
        let mut events = s.on_incident(self.incident, found);
        events.extend(shared.into_iter().flat_map(|review| joined(s, review, incident)));
        Ok(events)
    }
}

/// The review that was opened because the others recur, where it goes on and this one has none of its own.
fn shared<'a>(s: &Situation<'a>, incident: &Incident, others: &[&Incident]) -> Option<&'a Review> {
    if incident.review.review.is_some() {
        return None;
    }
    let reviews = others.iter().filter_map(|other| s.records.reviews.get(&other.review.review?));
    reviews
        .map(AsRef::as_ref)
        .filter(|review| review.convening.because.contains(&Trigger::Recurrence))
        .filter(|review| !review.convening.incidents.contains(&incident.id))
        .filter(|review| extend_review::ready(s, review).is_ok())
        .max_by_key(|review| (review.opened_at, review.id))
}
