//! Client service level agreements: the targets the policy links to severities (§3.3).
//!
//! Every number is the agreement's; the product invents none (ruling 15). Versions are kept: a clock
//! keeps the version in force when its incident was logged. How a contract counts is in [`Terms`].

mod binding;
mod terms;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use binding::{Binding, Rebinding};
pub use terms::{ClockStart, PauseCap, PauseReason, PauseRule, ReopenMode, ResponseReading, Terms};

use crate::calendar::CalendarId;
use crate::communication::ContactTerms;
use crate::{AgreementId, ClientId, ServiceId, Severity, Timestamp};

/// What a clock measures (§6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// Logged → assessed and assigned to a person (§6 Response Time; ruling 2).
    Response,
    /// Logged → normal service restored, where the agreement asks for it (ruling 3).
    Restoration,
    /// Logged → resolved and normal service restored (§6 Resolution Time; ruling 3).
    Resolution,
}

impl ClockKind {
    /// All, in the order they usually fall due.
    pub const ALL: [Self; 3] = [Self::Response, Self::Restoration, Self::Resolution];

    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Response => "Response",
            Self::Restoration => "Restoration",
            Self::Resolution => "Resolution",
        }
    }
}

/// One promise: so many minutes, counted on one calendar, under one clause of the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Minutes of open time on the calendar.
    pub minutes: u32,
    /// The calendar that counts them.
    pub calendar: CalendarId,
    /// The contract's own clause.
    pub clause: String,
}

impl Target {
    /// The promise in milliseconds of open time.
    pub const fn budget_ms(&self) -> i64 {
        self.minutes as i64 * crate::MINUTE
    }
}

/// The targets of one severity. An absent one is "no target", never "met".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// Response (§6).
    pub response: Option<Target>,
    /// Restoration, where the contract separates it from resolution.
    pub restoration: Option<Target>,
    /// Resolution (§6).
    pub resolution: Option<Target>,
    /// The client's first notice, from logged on (§3.4). It is no clock of its own: `communication` reads it.
    #[serde(default)]
    pub first_notice: Option<Target>,
    /// At most so long between two updates to the client (§3.4). It is no clock of its own either.
    #[serde(default)]
    pub update: Option<Target>,
}

impl Targets {
    /// The target of a clock.
    pub const fn of(&self, kind: ClockKind) -> Option<&Target> {
        match kind {
            ClockKind::Response => self.response.as_ref(),
            ClockKind::Restoration => self.restoration.as_ref(),
            ClockKind::Resolution => self.resolution.as_ref(),
        }
    }

    /// Every promise of this severity, clocks and messages alike.
    pub fn all(&self) -> impl Iterator<Item = &Target> {
        [&self.response, &self.restoration, &self.resolution, &self.first_notice, &self.update]
            .into_iter()
            .flatten()
    }
}

/// Which agreement goes before which, where several cover an incident: the later one here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precedence {
    /// The house's standard, for clients without an agreement of their own.
    Standard,
    /// All services of one client.
    Client,
    /// One service of one client.
    Service,
}

/// One version of a client's agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The agreement, over all its versions.
    pub id: AgreementId,
    /// Raised by one with every change.
    pub version: u32,
    /// In force for incidents logged from here on.
    pub effective_from: Timestamp,
    /// The client; of nobody in particular is the house's standard.
    pub client: Option<ClientId>,
    /// The one service it covers, or all of the client's. The narrower one wins.
    pub service: Option<ServiceId>,
    /// Its name on screen, such as "Gold".
    pub name: String,
    /// The contract's reference.
    pub reference: String,
    /// Targets for severity 1 to 4.
    pub targets: [Targets; 4],
    /// The pauses it allows; none by default.
    pub pauses: Vec<PauseRule>,
    /// How it counts; the policy's way where it says nothing.
    #[serde(default)]
    pub terms: Terms,
    /// What it says of contact with the client, and of closing in silence.
    #[serde(default)]
    pub contact: ContactTerms,
}

impl Agreement {
    /// Its place among the agreements that cover an incident.
    pub const fn precedence(&self) -> Precedence {
        match (self.client, self.service) {
            (None, _) => Precedence::Standard,
            (Some(_), None) => Precedence::Client,
            (Some(_), Some(_)) => Precedence::Service,
        }
    }

    /// Whether it is about this client and one of these services.
    pub fn covers(&self, client: ClientId, services: &[ServiceId]) -> bool {
        self.client.is_none_or(|own| own == client) && self.service.is_none_or(|own| services.contains(&own))
    }

    /// The targets for a severity.
    pub const fn targets(&self, severity: Severity) -> &Targets {
        &self.targets[severity.index()]
    }

    /// Everything it counts, on whichever calendar.
    pub fn every_target(&self) -> impl Iterator<Item = &Target> {
        self.targets.iter().flat_map(Targets::all).chain(&self.contact.auto_close)
    }
}
