//! Identification: where an incident comes from, and signals before they are logged (§3.1).
//!
//! A signal is never an incident by itself: a person accepts it into the log, merges it into an open
//! incident, or dismisses it with a reason. A recovery is a fact and closes nothing.

mod log_lag;
mod turn;

pub mod identity;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ClientId, IncidentId, PersonId, ServiceId, SignalId, Timestamp};

pub use identity::Identity;
pub use log_lag::{LogLag, Promptness, log_lag};
pub use turn::{Turns, in_turn};

/// The house's own rules of identification; every number is its own (ruling 15).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "LoggingRules")]
pub struct Rules {
    /// The client that stands for one nobody knows yet; absent means that the client must be known.
    #[serde(default)]
    pub unidentified_client: Option<ClientId>,
    /// Minutes in which a person confirms the provisional severity; absent means no number was set.
    #[serde(default)]
    pub confirm_severity_within_minutes: Option<u32>,
}

/// The source of a report (§3.1): mandatory, never defaulted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Automated monitoring.
    Monitoring,
    /// The client, by phone.
    Phone,
    /// The client, by e-mail.
    Email,
    /// The client, through the portal.
    Portal,
    /// Internal staff.
    Staff,
}

impl Source {
    /// All, in the policy's order.
    pub const ALL: [Self; 5] = [Self::Monitoring, Self::Phone, Self::Email, Self::Portal, Self::Staff];

    /// Whether the client reported it.
    pub const fn is_the_clients(self) -> bool {
        match self {
            Self::Phone | Self::Email | Self::Portal => true,
            Self::Monitoring | Self::Staff => false,
        }
    }

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Monitoring => "Monitoring",
            Self::Phone => "Phone",
            Self::Email => "E-mail",
            Self::Portal => "Portal",
            Self::Staff => "Staff",
        }
    }
}

/// What was seen, as the first words about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sighting {
    /// Where it came from.
    pub source: Source,
    /// The client concerned, where it is known.
    pub client: Option<ClientId>,
    /// The service concerned, where it is known.
    pub service: Option<ServiceId>,
    /// One line.
    pub summary: String,
    /// Everything else that was said, as text; a signal of many alerts lists here which they are.
    pub details: String,
    /// Who reported it: a caller's name, a monitor's.
    pub reporter: String,
    /// When it was reported or first seen.
    pub reported_at: Timestamp,
    /// What makes a repeat the same signal; monitors only.
    pub dedup_key: Option<String>,
    /// A link back to the monitor, where it gave one.
    pub link: Option<String>,
}

/// What became of a signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SignalState {
    /// Waits in triage.
    Open,
    /// Logged as an incident.
    Accepted {
        /// The incident.
        incident: IncidentId,
        /// When.
        at: Timestamp,
    },
    /// Belongs to an incident that was open already.
    Merged {
        /// The incident.
        into: IncidentId,
        /// When.
        at: Timestamp,
    },
    /// Not an incident, and why: kept for audit.
    Dismissed {
        /// Why.
        reason: String,
        /// Who said so.
        by: PersonId,
        /// When.
        at: Timestamp,
    },
}

/// How often an alert came again and whether it recovered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AlertTally {
    /// Repeats after the first.
    pub repeats: u32,
    /// The latest repeat, or the latest end of some of many.
    pub last_at: Option<Timestamp>,
    /// The latest recovery, unless the alert fired again since: proposes restoration, closes nothing.
    pub recovered_at: Option<Timestamp>,
}

/// A signal in triage: identified, not yet logged (§3.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Signal {
    /// The signal.
    pub id: SignalId,
    /// What was seen.
    pub sighting: Sighting,
    /// When the desk got to know of it.
    pub identified_at: Timestamp,
    /// Who raised it.
    pub raised_by: PersonId,
    /// The monitor's words when it last told of it; the first ones stay in the sighting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    /// Repeats and recovery.
    pub tally: AlertTally,
    /// What became of it.
    pub state: SignalState,
}

impl Signal {
    /// Whether it still waits in triage.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, SignalState::Open)
    }

    /// What it tells, in the latest words.
    pub fn summary(&self) -> &str {
        self.latest.as_deref().unwrap_or(&self.sighting.summary)
    }

    /// The incident it became part of, if any.
    pub const fn incident(&self) -> Option<IncidentId> {
        match &self.state {
            SignalState::Accepted { incident, .. } => Some(*incident),
            SignalState::Merged { into, .. } => Some(*into),
            SignalState::Open | SignalState::Dismissed { .. } => None,
        }
    }
}
