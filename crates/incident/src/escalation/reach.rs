//! Who is reached by a step (§3.5): delivered is somebody who can be called; everybody else is passed over,
//! with the reason (traps 49, 50, 57).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::EscalationPath;
use super::path::Addressee;
use crate::log::Incident;
use crate::records::Record;
use crate::setup::{Person, Setup};
use crate::{PersonId, Timestamp};

/// An addressee who was not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PassedOver {
    /// Whom the step names.
    pub addressee: Addressee,
    /// Why not.
    pub because: PassedOverBecause,
}

/// Why an addressee was not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PassedOverBecause {
    /// The rota has nobody then.
    NobodyOnCall,
    /// Whoever it is has left, or may not see this incident.
    NotReachable,
    /// They are the ones who fail, or did not answer a step ago.
    Failing,
}

impl PassedOverBecause {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NobodyOnCall => "nobody is on call",
            Self::NotReachable => "nobody there can be reached",
            Self::Failing => "they are failing already",
        }
    }
}

/// Who a step calls.
#[derive(Debug, Default)]
pub(super) struct Reached {
    pub(super) told: BTreeSet<PersonId>,
    pub(super) passed_over: Vec<PassedOver>,
}

/// Calls everybody named who can be called at that instant, but for those who fail.
pub(super) fn reach(
    call: &[Addressee],
    incident: &Incident,
    setup: &Setup,
    failing: &BTreeSet<PersonId>,
    at: Timestamp,
) -> Reached {
    let audience = Record::audience(incident);
    let mut reached = Reached::default();
    for addressee in call {
        let named = people(*addressee, setup, at);
        let there: BTreeSet<_> =
            named.iter().copied().filter(|person| audience.includes(setup, *person)).collect();
        let mut helpful = there.difference(failing).copied().peekable();
        let because = match (helpful.peek(), there.is_empty(), addressee) {
            (Some(_), _, _) => {
                reached.told.extend(helpful);
                continue;
            }
            (None, false, _) => PassedOverBecause::Failing,
            (None, true, Addressee::Rota { .. }) if named.is_empty() => PassedOverBecause::NobodyOnCall,
            (None, true, _) => PassedOverBecause::NotReachable,
        };
        reached.passed_over.push(PassedOver { addressee: *addressee, because });
    }
    reached
}

/// Whether a word to this person reaches management (§3.5): by a role that manages, or because the managerial path
/// of the incident calls them then.
pub(crate) fn is_management(person: &Person, incident: &Incident, setup: &Setup, at: Timestamp) -> bool {
    let path = setup.path_for(EscalationPath::Managerial, incident, at);
    let calls = |addressee| people(addressee, setup, at).contains(&person.id);
    person.roles.iter().any(|role| role.manages()) || path.is_some_and(|path| path.addressees().any(calls))
}

/// The people whom an addressee stands for at an instant.
fn people(addressee: Addressee, setup: &Setup, at: Timestamp) -> BTreeSet<PersonId> {
    match addressee {
        Addressee::Person { person } => BTreeSet::from([person]),
        Addressee::Rota { rota } => {
            setup.rotas.get(&rota).map(|known| known.roster.at(at)).unwrap_or_default()
        }
        Addressee::Role { role } => {
            let holders =
                setup.people.values().filter(|person| person.active && person.roles.contains(&role));
            holders.map(|person| person.id).collect()
        }
    }
}
