//! Log lag: from reported to logged (§3.1 Logging, "promptly").
//!
//! The clocks of §6 start at *logged*, so slow logging would flatter them; this measure stands beside them and
//! moves none.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::MINUTE;
use crate::log::Incident;
use crate::setup::Setup;

/// What the house's "promptly" says of a lag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Promptness {
    /// Within the house's number.
    Prompt,
    /// Later than that.
    Late {
        /// By so many milliseconds.
        #[ts(type = "number")]
        by_ms: i64,
    },
    /// The house has set no number, so nothing can be said.
    NotConfigured,
    /// Reported after it was logged: one of the stamps is wrong, and the lag counts in no figure.
    Invalid,
}

/// The time from reported to logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LogLag {
    /// Milliseconds; below zero where the stamps are wrong.
    #[ts(type = "number")]
    pub lag_ms: i64,
    /// Was it prompt?
    pub promptness: Promptness,
}

/// The log lag of an incident by the house's "promptly" of when it was logged.
pub fn log_lag(incident: &Incident, setup: &Setup) -> LogLag {
    let lag_ms = incident.logged.at.since(incident.entry.reported_at);
    let off_ms = i64::from(incident.logged.uncertainty_ms);
    let within = setup.house_at(incident.logged.at).and_then(|house| house.log_within_minutes);
    let promptness = match within.map(|minutes| i64::from(minutes) * MINUTE) {
        _ if lag_ms < -off_ms => Promptness::Invalid,
        None => Promptness::NotConfigured,
        Some(promptly) if lag_ms > promptly => Promptness::Late { by_ms: lag_ms - promptly },
        Some(_) => Promptness::Prompt,
    };
    LogLag { lag_ms, promptness }
}
