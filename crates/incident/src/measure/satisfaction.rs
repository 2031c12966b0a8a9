//! Client satisfaction (§4.1): scores with their response rate. Silence is no score, and scores of different
//! scales are not added up.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CountedBy, Period, Share};
use crate::log::Incident;
use crate::survey::{Survey, closed_at};
use crate::{ClientId, IncidentId, Severity, SurveyId};

/// Whose answers they are. Answers lean with the severity, so that each has its own figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct SatisfactionKey {
    /// The client.
    pub client: ClientId,
    /// The gravest severity of the incident.
    pub severity: Severity,
}

/// What a client answered about one closure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Scored {
    /// The incident.
    pub incident: IncidentId,
    /// The score.
    pub score: u8,
    /// The best of its scale.
    pub best: u8,
}

/// What clients said, and how many said nothing: every closure of the period is in exactly one list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Satisfaction {
    /// Answered.
    pub answered: Vec<Scored>,
    /// Asked, without answer.
    pub unanswered: Vec<IncidentId>,
    /// Never asked.
    pub not_asked: Vec<IncidentId>,
}

impl Satisfaction {
    /// Answered, of those who were asked.
    pub fn response(&self) -> Option<Share> {
        Share::of(self.answered.len(), self.answered.len() + self.unanswered.len())
    }

    /// Asked, of all closures.
    pub fn asked(&self) -> Option<Share> {
        let asked = self.answered.len() + self.unanswered.len();
        Share::of(asked, asked + self.not_asked.len())
    }

    /// The scales that were answered on, by their best score.
    pub fn scales(&self) -> BTreeSet<u8> {
        self.answered.iter().map(|scored| scored.best).collect()
    }

    /// The mean score on one scale in hundredths, rounded down; no data without an answer.
    pub fn mean_hundredths(&self, best: u8) -> Option<u32> {
        let scores = || self.answered.iter().filter(|scored| scored.best == best);
        let count = u32::try_from(scores().count()).ok().filter(|count| *count > 0)?;
        let sum: u32 = scores().map(|scored| u32::from(scored.score)).sum();
        Some(sum.saturating_mul(100) / count)
    }
}

/// What clients said of the closures of the period.
pub fn satisfaction<'a>(
    incidents: impl IntoIterator<Item = &'a Incident>,
    surveys: impl IntoIterator<Item = &'a Survey>,
    period: Period,
) -> BTreeMap<SatisfactionKey, Satisfaction> {
    let surveys: BTreeMap<SurveyId, &Survey> =
        surveys.into_iter().map(|survey| (survey.id, survey)).collect();
    let mut all: BTreeMap<_, Satisfaction> = BTreeMap::new();
    for incident in incidents.into_iter().filter(|incident| incident.counts()) {
        let Some(closed) = closed_at(incident) else { continue };
        let placed_at = match period.counted_by {
            CountedBy::Logged => incident.logged.at,
            CountedBy::Stopped => closed,
        };
        if !period.contains(placed_at) {
            continue;
        }
        let key = SatisfactionKey { client: incident.entry.client, severity: incident.peak_severity() };
        let found = all.entry(key).or_default();
        match SurveyId::of(incident).and_then(|id| surveys.get(&id)).map(|survey| &survey.answer) {
            None => found.not_asked.push(incident.id),
            Some(None) => found.unanswered.push(incident.id),
            Some(Some(answer)) => {
                let (score, best) = (answer.score, answer.best);
                found.answered.push(Scored { incident: incident.id, score, best });
            }
        }
    }
    all
}
