//! Whether an incident has to be reviewed, and by when that is arranged (§3.7; ruling 9).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::event::{Event, Fact, Subject};
use crate::log::{Incident, Reopening};
use crate::obligation::{Duty, Obligation, Owner};
use crate::oversight::{Oversight, of_severity};
use crate::setup::Setup;
use crate::{IncidentId, ReviewId, Role, Severity, Timestamp, Verb};

/// What makes a review due. The gravest severity counts, not the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// It was Severity 1 at some time.
    Severity,
    /// The major incident process was opened.
    Major,
    /// It came again and again.
    Recurrence,
}

/// What an incident knows of reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct Need {
    /// The outages it is one of, where they recur.
    pub recurs_with: Vec<IncidentId>,
    /// The review that covers it.
    pub review: Option<ReviewId>,
}

impl Incident {
    /// Everything that makes a review of it due.
    pub fn review_triggers(&self) -> Vec<Trigger> {
        // A rehearsal teaches by itself, and a duplicate is reviewed with what it was merged into.
        if !self.counts() {
            return Vec::new();
        }
        let all = [
            (self.peak_severity() == Severity::One, Trigger::Severity),
            (self.major.is_some(), Trigger::Major),
            (!self.review.recurs_with.is_empty(), Trigger::Recurrence),
        ];
        all.into_iter().filter_map(|(holds, trigger)| holds.then_some(trigger)).collect()
    }
}

/// Whether a review is due and nobody has opened one.
pub(crate) fn is_missing(incident: &Incident) -> bool {
    incident.review.review.is_none() && !incident.review_triggers().is_empty()
}

/// An end of an incident, from which the time to arrange its review runs.
pub(crate) struct End<'a> {
    /// From when it runs: from the end itself, or from when something called for a review, where that came later.
    from: Timestamp,
    /// The reopening that it was given up by; none of the present one.
    pub(crate) reopened: Option<&'a Reopening>,
}

impl End<'_> {
    /// By when the review is to be arranged; none where the house has set no time. A severity that was set only
    /// afterwards gives its own time from then on, and nothing is late before it was asked for.
    pub(crate) fn due(&self, incident: &Incident, setup: &Setup) -> Option<Timestamp> {
        let rules = Oversight::at(setup, incident.logged.at).reviews;
        let goes_on = |at: Timestamp| self.reopened.is_none_or(|reopened| at < reopened.at);
        let set_later = incident.severities.iter().map(|set| set.at);
        let set_later = set_later.filter(|at| self.from < *at && goes_on(*at));
        let due = |from: Timestamp| {
            of_severity(&rules.schedule_within, peak_by(incident, from))?.due_on(incident, setup, from)
        };
        std::iter::once(self.from).chain(set_later).filter_map(due).min()
    }
}

/// The gravest severity that it had had by an instant.
fn peak_by(incident: &Incident, at: Timestamp) -> Severity {
    let by_then = incident.severities.iter().filter(|set| set.at <= at);
    by_then.map(|set| set.severity).min().unwrap_or(incident.severity())
}

/// The end that it has come to, unless it goes on.
pub(crate) fn present_end(incident: &Incident) -> Option<End<'static>> {
    let ended = incident.stopped_at()?;
    Some(End { from: called_for_at(incident).map_or(ended, |called| called.max(ended)), reopened: None })
}

/// The ends that it was reopened from, oldest first, where something called for a review by then.
pub(crate) fn former_ends(incident: &Incident) -> impl Iterator<Item = End<'_>> {
    let called_for = called_for_at(incident);
    incident.reopenings.iter().filter_map(move |reopened| {
        let from = reopened.stopped_at?.max(called_for?);
        (from < reopened.at).then_some(End { from, reopened: Some(reopened) })
    })
}

/// Since when something has called for a review of it.
fn called_for_at(incident: &Incident) -> Option<Timestamp> {
    let gravest = incident.severities.iter().find(|set| set.severity == Severity::One).map(|set| set.at);
    let major = incident.major.as_deref().map(|major| major.declared_at);
    let recurred = incident.trail.recurred.map(|found| found.at);
    [gravest, major, recurred].into_iter().flatten().min()
}

/// Takes in what reviews came of an incident.
pub(crate) fn take(need: &mut Need, event: &Event) {
    match &event.fact {
        Fact::RecurrenceFound { with } => need.recurs_with.clone_from(with),
        Fact::ReviewAttached { review } => need.review = Some(*review),
        _ => {}
    }
}

/// The duty to arrange the review.
pub(crate) fn duties(incident: &Incident, setup: &Setup, now: Timestamp) -> Vec<Obligation> {
    let is_excepted = incident.exceptions.iter().any(|granted| granted.opens("§3.7/1", now));
    if !is_missing(incident) || is_excepted {
        return Vec::new();
    }
    let due = present_end(incident).and_then(|end| end.due(incident, setup));
    let why = match incident.review_triggers().first() {
        Some(Trigger::Severity) => "It was Severity 1: what happened is reviewed.".to_owned(),
        Some(Trigger::Major) => "It was a major incident: what happened is reviewed.".to_owned(),
        Some(Trigger::Recurrence) | None => {
            format!("It is one of {} like it: they are reviewed together.", incident.review.recurs_with.len())
        }
    };
    vec![Obligation {
        subject: Subject::Incident(incident.id),
        duty: Duty::ScheduleReview,
        owner: Owner { person: None, role: Role::IncidentManager },
        due,
        attention: None,
        clock: None,
        paused: false,
        severity: incident.severity(),
        clause: "§3.7".into(),
        why,
        fulfilled_by: vec![Verb::OpenReview],
    }]
}
