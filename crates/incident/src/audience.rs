//! Who may see a record (§3.2; §5 for what only few may know of).
//!
//! The server keeps a scope for each audience and hands a desk the scopes of its person, nothing else.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::role::Role;
use crate::setup::{Setting, Setup};
use crate::{ClientId, PersonId};

/// Who a record is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody who works here.
    House,
    /// Those who may see this client.
    Client(ClientId),
    /// Those who may see every client: for what concerns several at once.
    EveryClient,
    /// Designated management (§4.2, §4.3).
    Management,
    /// These people and nobody else.
    Only(BTreeSet<PersonId>),
}

impl Audience {
    /// Who may see a piece of configuration.
    pub const fn of_setting(setting: &Setting) -> Self {
        match setting {
            Setting::Client(client) => Self::Client(client.id),
            Setting::Service(service) => Self::Client(service.client),
            Setting::Agreement(agreement) => match agreement.client {
                Some(client) => Self::Client(client),
                None => Self::House,
            },
            Setting::EscalationPath(path) => match path.client {
                Some(client) => Self::Client(client),
                None => Self::House,
            },
            Setting::Person(_)
            | Setting::Procedure(_)
            | Setting::Calendar(_)
            | Setting::Vendor(_)
            | Setting::House(_)
            | Setting::Rota(_)
            | Setting::Oversight(_)
            | Setting::Delegation(_) => Self::House,
        }
    }

    /// Whether `person` belongs to it. The server belongs to all of them.
    pub fn includes(&self, setup: &Setup, person: PersonId) -> bool {
        if person == PersonId::SERVER {
            return true;
        }
        let Some(known) = setup.people.get(&person).filter(|known| known.active) else { return false };
        match self {
            Self::House => true,
            Self::Client(client) => known.clients.as_ref().is_none_or(|clients| clients.contains(client)),
            Self::EveryClient => known.clients.is_none(),
            Self::Management => known.roles.contains(&Role::Supervisor),
            Self::Only(people) => people.contains(&person),
        }
    }

    /// A person of it: what is owed by anybody else, and by whoever has left, is the role's (decisions 184, 220).
    pub(crate) fn answerable(&self, setup: &Setup, person: PersonId) -> Option<PersonId> {
        self.includes(setup, person).then_some(person)
    }
}
