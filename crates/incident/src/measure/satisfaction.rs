//! Client satisfaction (§4.1): scores with their response rate. Silence is no score.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Share;
use crate::IncidentId;

/// One closed incident and what its client said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Asked {
    /// The incident.
    pub incident: IncidentId,
    /// Whether the client was asked.
    pub was_asked: bool,
    /// The score, where there is an answer.
    pub score: Option<u8>,
}

/// What clients said, and how many said nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Satisfaction {
    /// Scores, each with its incident.
    #[ts(type = "Array<[string, number]>")]
    pub answered: Vec<(IncidentId, u8)>,
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

    /// The mean score in hundredths, rounded down; no data without an answer.
    pub fn mean_hundredths(&self) -> Option<u32> {
        let count = u32::try_from(self.answered.len()).ok().filter(|count| *count > 0)?;
        let sum: u32 = self.answered.iter().map(|(_, score)| u32::from(*score)).sum();
        Some(sum.saturating_mul(100) / count)
    }
}

/// What clients said.
pub fn satisfaction(asked: impl IntoIterator<Item = Asked>) -> Satisfaction {
    let mut all = Satisfaction::default();
    for one in asked {
        match (one.was_asked, one.score) {
            (_, Some(score)) => all.answered.push((one.incident, score)),
            (true, None) => all.unanswered.push(one.incident),
            (false, None) => all.not_asked.push(one.incident),
        }
    }
    all
}
