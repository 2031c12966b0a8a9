//! Who works at the desks, and what they may see.

use std::collections::BTreeSet;

use incident::setup::Person;
use incident::{ClientId, PersonId, Role, Setting};

use crate::chance::Chance;
use crate::shift::fixture;

/// Those who sit at desks, and the roles they hold.
const HANDS: [(&str, &[Role]); 4] = [
    ("ines", &[Role::ServiceDesk, Role::Tier2]),
    ("mora", &[Role::IncidentManager, Role::ServiceDesk]),
    ("tom", &[Role::Tier2, Role::Tier3, Role::ServiceDesk]),
    ("kay", &[Role::Tier3, Role::ServiceDesk]),
];

/// The person at the `place`-th desk.
pub(super) fn person(place: usize) -> PersonId {
    fixture::person(HANDS[place % HANDS.len()].0)
}

/// The Administrator.
pub(super) fn root() -> PersonId {
    fixture::person("root")
}

/// Every setting the server begins with.
pub(super) fn settings(chance: &mut Chance) -> Vec<Setting> {
    let mut settings = fixture::settings();
    for setting in &mut settings {
        let Setting::Person(known) = setting else { continue };
        let hand = HANDS.iter().find(|(name, _)| fixture::person(name) == known.id);
        if let Some((_, roles)) = hand {
            known.roles = roles.iter().copied().collect();
            if chance.percent(30) {
                known.clients = some_clients(chance);
            }
        }
    }
    // People name clients, and numbers of oversight need people.
    settings.sort_by_key(|setting| {
        (!matches!(setting, Setting::Client(_)), !matches!(setting, Setting::Person(_)))
    });
    settings
}

/// The person with other clients to see.
pub(super) fn seeing_others(known: &Person, chance: &mut Chance) -> Setting {
    Setting::Person(Person { clients: some_clients(chance), ..known.clone() })
}

/// All, or one or two of them.
fn some_clients(chance: &mut Chance) -> Option<BTreeSet<ClientId>> {
    if chance.percent(35) {
        return None;
    }
    let count = 1 + chance.place(2);
    Some((0..count).map(|_| fixture::client(chance.pick(&fixture::CLIENTS).0)).collect())
}
