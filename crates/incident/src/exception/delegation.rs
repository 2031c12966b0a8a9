//! Delegated approval (§4.2; ruling 12): for a time, in a scope, never further.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::setup::Setup;
use crate::{ClientId, DelegationId, PersonId, Role, Timestamp};

/// One person approves for another. The delegate counts as the person acted for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// The delegation.
    pub id: DelegationId,
    /// Whose right it is.
    pub of: PersonId,
    /// Who acts.
    pub to: PersonId,
    /// From when.
    pub begins_at: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// For exceptions of this client alone, where one is named.
    pub client: Option<ClientId>,
}

impl Delegation {
    /// Whether it counts at `at` for what concerns `client`.
    pub fn covers(&self, at: Timestamp, client: Option<ClientId>) -> bool {
        self.begins_at <= at && at < self.until && (self.client.is_none() || self.client == client)
    }
}

/// Those for whom `person` may approve at `now`: designated at this moment, not when they delegated.
pub(crate) fn principals(
    setup: &Setup,
    person: PersonId,
    client: Option<ClientId>,
    now: Timestamp,
) -> impl Iterator<Item = PersonId> {
    let given =
        setup.delegations.values().filter(move |given| given.to == person && given.covers(now, client));
    given.map(|given| given.of).filter(|of| is_designated(setup, *of))
}

/// Whether `person` acts for any of `principals`, whatever those may do themselves.
pub(crate) fn acts_for(setup: &Setup, person: PersonId, principal: PersonId, now: Timestamp) -> bool {
    setup.delegations.values().any(|given| {
        given.to == person && given.of == principal && given.begins_at <= now && now < given.until
    })
}

/// Whether a person is designated management now (§4.2).
pub(crate) fn is_designated(setup: &Setup, person: PersonId) -> bool {
    setup.people.get(&person).is_some_and(|known| known.active && known.roles.contains(&Role::Supervisor))
}

/// Designated management as it is now (§4.2).
pub(crate) fn designated(setup: &Setup) -> impl Iterator<Item = PersonId> {
    setup.people.keys().copied().filter(move |person| is_designated(setup, *person))
}
