//! Roles and who may do what (§3.2).
//!
//! A person holds roles; the server reads them from the session, never from a command.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::PersonId;

/// A role of the policy (§3.2), and the two that run the desk itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Anyone who works here: may report and note, and must (§3.2).
    Personnel,
    /// Service Desk, Tier 1.
    ServiceDesk,
    /// Technical support, Tier 2.
    Tier2,
    /// Technical support, Tier 3.
    Tier3,
    /// Oversees major and high-severity incidents.
    IncidentManager,
    /// Liaison with the client.
    AccountManager,
    /// Designated management: approves exceptions, answers for compliance (§4.2).
    Supervisor,
    /// Sets up clients, agreements, calendars and people.
    Administrator,
    /// The server itself: alerts, deadlines, imports.
    Server,
}

impl Role {
    /// Every role, in the order of §3.2.
    pub const ALL: [Self; 9] = [
        Self::Personnel,
        Self::ServiceDesk,
        Self::Tier2,
        Self::Tier3,
        Self::IncidentManager,
        Self::AccountManager,
        Self::Supervisor,
        Self::Administrator,
        Self::Server,
    ];

    /// The role as somebody to ask.
    pub const fn somebody(self) -> &'static str {
        match self {
            Self::Personnel => "any member of staff",
            Self::ServiceDesk => "the Service Desk",
            Self::Tier2 => "Tier 2",
            Self::Tier3 => "Tier 3",
            Self::IncidentManager => "an Incident Manager",
            Self::AccountManager => "an Account Manager",
            Self::Supervisor => "a Supervisor",
            Self::Administrator => "an Administrator",
            Self::Server => "the server",
        }
    }

    /// Several of them as somebody to ask: "Tier 2, Tier 3 or a Supervisor".
    pub fn one_of(roles: &[Self]) -> String {
        match roles {
            [] => "nobody".to_owned(),
            [one] => one.somebody().to_owned(),
            [others @ .., last] => {
                let others: Vec<_> = others.iter().map(|role| role.somebody()).collect();
                format!("{} or {}", others.join(", "), last.somebody())
            }
        }
    }

    /// Whether a word to whoever holds it reaches management: it oversees what is grave, or answers for the policy
    /// (§3.2, §4.2).
    pub const fn manages(self) -> bool {
        match self {
            Self::IncidentManager | Self::Supervisor => true,
            Self::Personnel
            | Self::ServiceDesk
            | Self::Tier2
            | Self::Tier3
            | Self::AccountManager
            | Self::Administrator
            | Self::Server => false,
        }
    }

    /// The policy's name of the role.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Personnel => "any member of staff",
            Self::ServiceDesk => "Service Desk",
            Self::Tier2 => "Tier 2",
            Self::Tier3 => "Tier 3",
            Self::IncidentManager => "Incident Manager",
            Self::AccountManager => "Account Manager",
            Self::Supervisor => "Supervisor",
            Self::Administrator => "Administrator",
            Self::Server => "the server",
        }
    }
}

/// Who acts: one person with the roles held at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// The roles held.
    pub roles: BTreeSet<Role>,
}

impl Actor {
    /// The server itself.
    pub fn server() -> Self {
        Self { person: PersonId::SERVER, roles: BTreeSet::from([Role::Server]) }
    }

    /// Whether any of `roles` is held. Everyone but the server is personnel (§3.2).
    pub fn holds_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| {
            self.roles.contains(role) || (*role == Role::Personnel && !self.roles.contains(&Role::Server))
        })
    }
}
