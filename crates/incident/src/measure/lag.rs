//! Log lag (§3.1, §4.1): how long from reported to logged. It moves no clock; those run from logged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Period, Share};
use crate::IncidentId;
use crate::identification::{self, Promptness, Source};
use crate::log::Incident;
use crate::setup::Setup;

/// The lag of the incidents of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "LogLagFigure")]
pub struct LogLag {
    /// Every incident with its lag in milliseconds, shortest first; those of `invalid` are not among them.
    #[ts(type = "Array<[string, number]>")]
    pub lags: Vec<(IncidentId, i64)>,
    /// Those logged later than the house calls promptly; none where no number was in force for any.
    pub late: Option<Vec<IncidentId>>,
    /// Those logged while no number was in force: neither prompt nor late (ruling 13).
    pub unjudged: Vec<IncidentId>,
    /// Reported after they were logged, say the stamps: in no figure.
    pub invalid: Vec<IncidentId>,
}

impl LogLag {
    /// The lag that half of them do not exceed; no data where there is none.
    pub fn median_ms(&self) -> Option<i64> {
        self.percentile(50)
    }

    /// The lag that nine in ten do not exceed.
    pub fn p90_ms(&self) -> Option<i64> {
        self.percentile(90)
    }

    /// Logged promptly, of all that a number was in force for; no data where that is none.
    pub fn prompt(&self) -> Option<Share> {
        let judged = self.lags.len() - self.unjudged.len();
        Share::of(judged - self.late.as_ref()?.len(), judged)
    }

    fn take(&mut self, incident: &Incident, setup: &Setup) {
        let lag = identification::log_lag(incident, setup);
        match lag.promptness {
            Promptness::Invalid => return self.invalid.push(incident.id),
            Promptness::NotConfigured => self.unjudged.push(incident.id),
            Promptness::Prompt => {
                self.late.get_or_insert_default();
            }
            Promptness::Late { .. } => self.late.get_or_insert_default().push(incident.id),
        }
        // The stamps may be off by less than is known of them.
        self.lags.push((incident.id, lag.lag_ms.max(0)));
    }

    /// By nearest rank: a lag that occurred, never one between two.
    fn percentile(&self, percent: usize) -> Option<i64> {
        let rank = (self.lags.len() * percent).div_ceil(100);
        self.lags.get(rank.checked_sub(1)?).map(|(_, lag)| *lag)
    }
}

/// The lag of what was logged in the period, by source.
pub fn log_lag<'a>(
    incidents: impl IntoIterator<Item = &'a Incident>,
    setup: &Setup,
    period: Period,
) -> BTreeMap<Source, LogLag> {
    let mut all: BTreeMap<Source, LogLag> = BTreeMap::new();
    let counted = incidents.into_iter().filter(|incident| incident.counts());
    for incident in counted.filter(|incident| period.contains(incident.logged.at)) {
        all.entry(incident.entry.source).or_default().take(incident, setup);
    }
    for lag in all.values_mut() {
        lag.lags.sort_by_key(|(id, lag)| (*lag, *id));
    }
    all
}
