//! Open review: what happened is looked at together (§3.7).
//!
//! - Given an incident whose gravest severity, major flag or recurrence makes a review due,
//! - when an Incident Manager or management opens one, with an owner and a manager,
//! - then the review covers it and those that the records say it recurs with, and its owner owes it by the configured
//!   time. Others may be named to be reviewed with it; that they belong together is on record as the word of whoever
//!   named them, and makes nothing recur.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::command::{Decision, Rule, Situation, Verb};
use crate::event::{Fact, Subject};
use crate::log::Incident;
use crate::oversight::{Oversight, of_severity};
use crate::refusal::{Refusal, RefusalCode};
use crate::review::{Convening, found_with};
use crate::{IncidentId, PersonId, ReviewId, Role, Severity};

/// Incidents that one review can be opened for.
const INCIDENTS_MAX: usize = 50;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenReview {
    /// The incident; its review has one id, whoever opens it.
    pub incident: IncidentId,
    /// Others that are reviewed with it, beside those that it recurs with.
    #[serde(default)]
    pub incidents: Vec<IncidentId>,
    /// Who writes it.
    pub owner: PersonId,
    /// Who is asked where it is late.
    pub manager: PersonId,
}

pub(crate) const RULE: Rule = Rule {
    verb: Verb::OpenReview,
    clause: "§3.7",
    label: "Open review",
    roles: &[Role::IncidentManager, Role::Supervisor],
};

/// Whether the incident has to be reviewed and is not yet. It may have ended.
pub(crate) fn ready(s: &Situation<'_>, incident: &Incident) -> Result<(), Refusal> {
    let is_covered = incident.review.review.is_some();
    s.is_new(&RULE, is_covered || s.records.reviews.contains_key(&ReviewId::of(incident.id)), "review")?;
    if incident.review_triggers().is_empty() {
        let why = "it was neither Severity 1 nor major, and it does not recur";
        let instead = "Add what was learned as a note; where it recurs, record that first.";
        return Err(s.too_early(&RULE, why, instead));
    }
    Ok(())
}

/// Whether that person can write the review of these, or ask where it is late: one who may see all that it covers, and
/// who is not named for the other part.
pub(crate) fn convened<'a>(
    s: &Situation<'a>,
    incident: &'a Incident,
    incidents: &[IncidentId],
    (person, other): (PersonId, Option<PersonId>),
) -> Result<(), Refusal> {
    if other == Some(person) {
        return Err(one_person());
    }
    let covered = covered(s, incident, &named(s, incident.id, incidents)?);
    let clients = covered.iter().map(|one| one.entry.client).collect();
    s.in_sight(&RULE, &Convening::audience_of(&clients), person, "owner")
}

fn one_person() -> Refusal {
    let what = "Open review: owner and manager are the same person";
    Refusal::new(&RULE, RefusalCode::Invalid, what, "Choose a manager who asks the owner.").about("manager")
}

impl OpenReview {
    pub(crate) fn subjects(&self) -> Vec<Subject> {
        let others = self.incidents.iter().copied().map(Subject::Incident);
        let review = Subject::Review(ReviewId::of(self.incident));
        [review, Subject::Incident(self.incident)].into_iter().chain(others).collect()
    }

    pub(crate) fn decide(&self, s: &Situation<'_>) -> Decision {
        s.permit(&RULE)?;
        let incident = s.incident(&RULE, self.incident)?;
        ready(s, incident)?;
        let named = named(s, self.incident, &self.incidents)?;
        let covered = covered(s, incident, &named);
        if self.owner == self.manager {
            return Err(one_person());
        }
        let severity = covered.iter().map(|one| one.peak_severity()).min().unwrap_or(Severity::Four);
        let rules = Oversight::at(&s.records.setup, s.now).reviews;
        let within = of_severity(&rules.finish_within, severity);
        let because: BTreeSet<_> = covered.iter().flat_map(|one| one.review_triggers()).collect();
        let convening = Convening {
            incidents: covered.iter().map(|one| one.id).collect(),
            named: by_hand(s, incident, &named),
            clients: covered.iter().map(|one| one.entry.client).collect(),
            severity,
            because: because.into_iter().collect(),
            owner: self.owner,
            manager: self.manager,
            finish_by: within.and_then(|within| within.due(&s.records.setup, s.now, &[])),
        };
        let audience = convening.audience();
        s.in_sight(&RULE, &audience, self.owner, "owner")?;
        s.in_sight(&RULE, &audience, self.manager, "manager")?;
        let review = ReviewId::of(self.incident);
        let attached =
            covered.iter().map(|one| s.event(Subject::Incident(one.id), Fact::ReviewAttached { review }));
        let opened = s.event(Subject::Review(review), Fact::ReviewOpened { convening });
        Ok(std::iter::once(opened).chain(attached).collect())
    }
}

/// The others that are named, each once, none of them reviewed elsewhere.
fn named<'a>(
    s: &Situation<'a>,
    incident: IncidentId,
    incidents: &[IncidentId],
) -> Result<Vec<&'a Incident>, Refusal> {
    let others: BTreeSet<_> = incidents.iter().copied().filter(|id| *id != incident).collect();
    if others.len() >= INCIDENTS_MAX {
        let what = format!("Open review: one review covers at most {INCIDENTS_MAX} incidents");
        return Err(Refusal::new(&RULE, RefusalCode::TooLong, what, "Open another.").about("incidents"));
    }
    let mut all = Vec::with_capacity(others.len());
    for id in others {
        let other = s.incident(&RULE, id)?;
        if other.review.review.is_some() {
            let what = "Open review: one of the incidents has a review already";
            let instead = "Leave it out, or extend that review by the others.";
            return Err(Refusal::new(&RULE, RefusalCode::Invalid, what, instead).about("incidents"));
        }
        all.push(other);
    }
    Ok(all)
}

/// The incident, those that are named, and those at hand that it recurs with and that no review covers yet, the latest
/// first, as far as one review goes.
fn covered<'a>(s: &Situation<'a>, incident: &'a Incident, named: &[&'a Incident]) -> Vec<&'a Incident> {
    let mut found = found(s, incident);
    found.retain(|one| one.review.review.is_none() && named.iter().all(|other| other.id != one.id));
    found.sort_by_key(|one| std::cmp::Reverse((one.logged.at, one.id)));
    let all = std::iter::once(incident).chain(named.iter().copied()).chain(found);
    all.take(INCIDENTS_MAX).collect()
}

/// Those that are named and that no record says it recurs with.
fn by_hand(s: &Situation<'_>, incident: &Incident, named: &[&Incident]) -> Vec<IncidentId> {
    let found = found(s, incident);
    let is_found = |one: &Incident| found.iter().any(|other| other.id == one.id);
    named.iter().filter(|one| !is_found(one)).map(|one| one.id).collect()
}

fn found<'a>(s: &Situation<'a>, incident: &Incident) -> Vec<&'a Incident> {
    found_with(s.records.incidents.values().map(AsRef::as_ref), incident)
}
