//! The people of the demo: every role of §3.2 at least once.

use std::collections::BTreeSet;

use incident::setup::Person;
use incident::{PersonId, Role, Setting};

use super::DemoAccount;
use super::clients::Firm;
use super::script::named;

/// The one password of all demo accounts.
const PASSWORD: &str = "holdfast-demo";

/// Who works here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Ines,
    Sam,
    Tom,
    Tara,
    Kay,
    Mora,
    Dev,
    Cole,
    Wray,
    Vance,
    Roy,
    Root,
}

impl Who {
    const ALL: [Self; 12] = [
        Self::Ines,
        Self::Sam,
        Self::Tom,
        Self::Tara,
        Self::Kay,
        Self::Mora,
        Self::Dev,
        Self::Cole,
        Self::Wray,
        Self::Vance,
        Self::Roy,
        Self::Root,
    ];

    /// The name to sign in with, the name on screen, the role.
    const fn told(self) -> (&'static str, &'static str, Role) {
        match self {
            Self::Ines => ("ines", "Ines Calder", Role::ServiceDesk),
            Self::Sam => ("sam", "Sam Okafor", Role::ServiceDesk),
            Self::Tom => ("tom", "Tom Brandt", Role::Tier2),
            Self::Tara => ("tara", "Tara Nystrom", Role::Tier2),
            Self::Kay => ("kay", "Kay Lindqvist", Role::Tier3),
            Self::Mora => ("mora", "Mora Petrov", Role::IncidentManager),
            Self::Dev => ("dev", "Dev Banerjee", Role::IncidentManager),
            Self::Cole => ("cole", "Cole Hartley", Role::AccountManager),
            Self::Wray => ("wray", "Wray Osei", Role::AccountManager),
            Self::Vance => ("vance", "Vance Moreau", Role::Supervisor),
            Self::Roy => ("roy", "Roy Tanaka", Role::Supervisor),
            Self::Root => ("root", "Robin Teague", Role::Administrator),
        }
    }

    pub(super) fn id(self) -> PersonId {
        PersonId(named("person", self.told().0))
    }

    fn person(self) -> Person {
        let (_, name, role) = self.told();
        let clients = (role == Role::AccountManager)
            .then(|| Firm::ALL.into_iter().filter(|firm| firm.liaison() == self).map(Firm::id).collect());
        let (roles, before) = (BTreeSet::from([role]), Vec::new());
        Person { id: self.id(), name: name.into(), roles, clients, active: true, before }
    }
}

/// Everyone, as configuration. An Account Manager sees the own clients alone.
pub(super) fn people() -> impl Iterator<Item = Setting> {
    Who::ALL.into_iter().map(|who| Setting::Person(who.person()))
}

/// Everyone, as accounts.
pub(super) fn accounts() -> Vec<DemoAccount> {
    let account = |who: Who| {
        let (name, password) = (who.told().0.to_owned(), PASSWORD.to_owned());
        DemoAccount { name, person: who.id(), password }
    };
    Who::ALL.into_iter().map(account).collect()
}
