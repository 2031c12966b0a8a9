//! Who people were, and who answered for a client, before that changed (§3.2): what happened is judged by who somebody
//! was then (ruling 15).
//!
//! `configure` fills it in. Nobody may do anything by it: rights are those of now.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Client, Person};
use crate::{PersonId, Role, Timestamp};

/// What a person was until an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerStanding {
    /// Until when.
    pub until: Timestamp,
    /// Roles held.
    pub roles: BTreeSet<Role>,
    /// Whether the person worked here.
    pub active: bool,
}

/// Who answered for a client until an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerAnswerer {
    /// Until when.
    pub until: Timestamp,
    /// The Account Manager, where there was one.
    pub account_manager: Option<PersonId>,
}

impl Person {
    /// Roles held at an instant; that of a change belongs to what came of it.
    pub fn roles_at(&self, at: Timestamp) -> &BTreeSet<Role> {
        self.before.iter().find(|former| at < former.until).map_or(&self.roles, |former| &former.roles)
    }

    /// Whether the person worked here at an instant.
    pub fn worked_here_at(&self, at: Timestamp) -> bool {
        self.before.iter().find(|former| at < former.until).map_or(self.active, |former| former.active)
    }

    /// The same, with all that is known of the time before `now`.
    pub(crate) fn following(&self, known: Option<&Self>, now: Timestamp) -> Self {
        let mut before = known.map(|known| known.before.clone()).unwrap_or_default();
        if let Some(known) = known.filter(|known| (&known.roles, known.active) != (&self.roles, self.active))
        {
            let (roles, active) = (known.roles.clone(), known.active);
            before.push(FormerStanding { until: now, roles, active });
        }
        Self { before, ..self.clone() }
    }
}

impl Client {
    /// Who answered for it at an instant.
    pub fn account_manager_at(&self, at: Timestamp) -> Option<PersonId> {
        let former = self.before.iter().find(|former| at < former.until);
        former.map_or(self.account_manager, |former| former.account_manager)
    }

    /// Everybody who answered for it from an instant to now.
    pub(crate) fn account_managers_since(&self, since: Timestamp) -> impl Iterator<Item = PersonId> {
        let former = self.before.iter().filter(move |former| since < former.until);
        former.filter_map(|former| former.account_manager).chain(self.account_manager)
    }

    /// The same, with all that is known of the time before `now`.
    pub(crate) fn following(&self, known: Option<&Self>, now: Timestamp) -> Self {
        let mut before = known.map(|known| known.before.clone()).unwrap_or_default();
        if let Some(known) = known.filter(|known| known.account_manager != self.account_manager) {
            before.push(FormerAnswerer { until: now, account_manager: known.account_manager });
        }
        Self { before, ..self.clone() }
    }
}
