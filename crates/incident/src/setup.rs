//! What the desk knows beside its incidents: clients, services, people, agreements, calendars, categories,
//! the matrix. Configuration with versions (ruling 15), replicated like any record.
//!
//! It holds values; the rules that read them live in the modules of the policy.

mod former;
mod house;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::{Calendar, CalendarError, CalendarId, Index};
pub use crate::category::{Category, CategoryCode};
use crate::escalation::DefinedPath;
use crate::exception::Delegation;
use crate::on_call::{Roster, Rota};
use crate::oversight::Oversight;
use crate::procedure::Procedure;
use crate::related::Vendor;
use crate::role::{Actor, Role};
use crate::{
    Agreement, AgreementId, ClientId, DelegationId, PathId, PersonId, ProcedureId, RotaId, ServiceId,
    Timestamp, VendorId,
};

pub use former::{FormerAnswerer, FormerStanding};
pub use house::House;

/// A client of Precision Computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// The client.
    pub id: ClientId,
    /// Name on screen.
    pub name: String,
    /// The client's own zone (IANA), for reports and calls.
    pub zone: String,
    /// The Account Manager who answers for contact with this client (§3.2).
    pub account_manager: Option<PersonId>,
    /// Who did before, oldest first; filled in when it changes, whatever is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub before: Vec<FormerAnswerer>,
}

/// A service delivered to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AffectedService {
    /// The service.
    pub id: ServiceId,
    /// Whose it is.
    pub client: ClientId,
    /// Name on screen.
    pub name: String,
    /// Critical to the client's business (§3.3).
    pub critical: bool,
}

/// A person who works here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// Name on screen.
    pub name: String,
    /// Roles held (§3.2).
    pub roles: BTreeSet<Role>,
    /// The clients this person may see; `None` is all of them.
    pub clients: Option<BTreeSet<ClientId>>,
    /// Whether the person works here now.
    pub active: bool,
    /// What the person was before, oldest first; filled in when it changes, whatever is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub before: Vec<FormerStanding>,
}

/// One piece of configuration, as `configure` sets it and as it replicates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "setting", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "few settings exist, and they are lent, not moved")]
pub enum Setting {
    /// A client.
    Client(Client),
    /// A service of a client.
    Service(AffectedService),
    /// A person.
    Person(Person),
    /// A version of an agreement.
    Agreement(Agreement),
    /// A version of a calendar.
    Calendar(Calendar),
    /// The house's thresholds, matrix and categories.
    House(House),
    /// A version of the numbers behind reviews, compliance, exceptions and enforcement.
    Oversight(Oversight),
    /// A delegation of the right to decide on exceptions; given by `delegate_approval` alone.
    Delegation(Delegation),
    /// Who is on call.
    Rota(Rota),
    /// A version of a vendor's contract.
    Vendor(Vendor),
    /// A version of an escalation path.
    EscalationPath(DefinedPath),
    /// A version of a procedure.
    Procedure(Procedure),
}

/// A calendar with its index.
#[derive(Debug, Clone)]
pub struct CompiledCalendar {
    /// The configured value.
    pub calendar: Calendar,
    /// Its index.
    pub index: Arc<Index>,
}

/// A rota, ready to answer.
#[derive(Debug, Clone)]
pub struct KnownRota {
    /// The configured value.
    pub rota: Rota,
    /// Who is on call when.
    pub roster: Arc<Roster>,
}

/// All configuration, indexed.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// Clients by id.
    pub clients: BTreeMap<ClientId, Client>,
    /// Services by id.
    pub services: BTreeMap<ServiceId, AffectedService>,
    /// People by id.
    pub people: BTreeMap<PersonId, Person>,
    /// Agreements by id and version: old versions stay for the clocks bound to them.
    pub agreements: BTreeMap<(AgreementId, u32), Agreement>,
    /// Calendars by id and version.
    pub calendars: BTreeMap<(CalendarId, u32), CompiledCalendar>,
    /// Rotas in their newest version.
    pub rotas: BTreeMap<RotaId, KnownRota>,
    /// Escalation paths by id and version: old versions stay for the escalations bound to them.
    pub paths: BTreeMap<(PathId, u32), DefinedPath>,
    /// Procedures by id and version: what was attested stays to be read.
    pub procedures: BTreeMap<(ProcedureId, u32), Procedure>,
    /// The house in its newest version.
    pub house: House,
    /// Versions of the house before that: what happened under them is judged by them.
    pub former_houses: BTreeMap<u32, House>,
    /// Numbers of oversight by version.
    pub oversight: BTreeMap<u32, Oversight>,
    /// Delegations of the right to decide on exceptions.
    pub delegations: BTreeMap<DelegationId, Delegation>,
    /// Vendors by id and version.
    pub vendors: BTreeMap<(VendorId, u32), Vendor>,
}

impl Setup {
    /// Takes in one setting, newer or first. A calendar or a rota that cannot be made ready is refused.
    pub fn take(&mut self, setting: Setting) -> Result<(), CalendarError> {
        match setting {
            Setting::Client(client) => {
                self.clients.insert(client.id, client);
            }
            Setting::Service(service) => {
                self.services.insert(service.id, service);
            }
            Setting::Person(person) => {
                self.people.insert(person.id, person);
            }
            Setting::Agreement(agreement) => {
                self.agreements.insert((agreement.id, agreement.version), agreement);
            }
            Setting::Calendar(calendar) => {
                let index = Arc::new(Index::compile(&calendar)?);
                self.calendars.insert((calendar.id, calendar.version), CompiledCalendar { calendar, index });
            }
            Setting::House(house) => self.take_house(house),
            Setting::Oversight(oversight) => {
                self.oversight.insert(oversight.version, oversight);
            }
            Setting::Delegation(delegation) => {
                self.delegations.insert(delegation.id, delegation);
            }
            Setting::Rota(rota) => {
                let roster = Arc::new(Roster::of(&rota)?);
                self.rotas.insert(rota.id, KnownRota { rota, roster });
            }
            Setting::Vendor(vendor) => {
                self.vendors.insert((vendor.id, vendor.version), vendor);
            }
            Setting::Procedure(procedure) => {
                self.procedures.insert((procedure.id, procedure.version), procedure);
            }
            Setting::EscalationPath(path) => {
                self.paths.insert((path.id, path.version), path);
            }
        }
        Ok(())
    }

    /// The agreement in force for an incident of `client` on `services` logged at `at`. One that names the
    /// service goes before one of the client, and that before the standard; of its versions the latest counts.
    pub fn agreement_for(
        &self,
        client: ClientId,
        services: &[ServiceId],
        at: Timestamp,
    ) -> Option<&Agreement> {
        self.agreements_in_force(at)
            .filter(|agreement| agreement.covers(client, services))
            .max_by_key(|agreement| (agreement.precedence(), agreement.effective_from, agreement.version))
    }

    /// Of each agreement the version that is in force at `at`.
    pub fn agreements_in_force(&self, at: Timestamp) -> impl Iterator<Item = &Agreement> {
        let lasts = move |agreement: &&Agreement| agreement.terms.until.is_none_or(|until| at < until);
        self.latest_agreements(at).filter(lasts)
    }

    /// Why no agreement covers an incident logged then: one has ended, or there is none.
    pub fn no_agreement(&self, client: ClientId, services: &[ServiceId], at: Timestamp) -> String {
        let had_ended = |agreement: &&Agreement| agreement.terms.until.is_some_and(|until| until <= at);
        let ended = self.latest_agreements(at).filter(had_ended).find(|a| a.covers(client, services));
        ended.map_or_else(
            || "no agreement covers this client and service".into(),
            |ended| format!("{} had ended when it was logged", ended.name),
        )
    }

    /// Of each agreement the version that was in force last at `at`, ended or not.
    fn latest_agreements(&self, at: Timestamp) -> impl Iterator<Item = &Agreement> {
        let mut latest: BTreeMap<AgreementId, &Agreement> = BTreeMap::new();
        let begun = self.agreements.values().filter(|agreement| agreement.effective_from <= at);
        for agreement in begun {
            let held = latest.entry(agreement.id).or_insert(agreement);
            if (held.effective_from, held.version) < (agreement.effective_from, agreement.version) {
                *held = agreement;
            }
        }
        latest.into_values()
    }

    /// The calendar version in force: the newest one. Clocks of old incidents name the version they use.
    pub fn calendar(&self, id: CalendarId) -> Option<&CompiledCalendar> {
        self.calendars.range((id, 0)..=(id, u32::MAX)).next_back().map(|(_, compiled)| compiled)
    }

    /// A vendor's contract in force: the newest one. A case names the version that it was opened under.
    pub fn vendor(&self, id: VendorId) -> Option<&Vendor> {
        self.vendors.range((id, 0)..=(id, u32::MAX)).next_back().map(|(_, vendor)| vendor)
    }

    /// Name of a vendor on screen.
    pub fn vendor_name(&self, id: VendorId) -> &str {
        self.vendor(id).map_or("Unknown vendor", |vendor| vendor.name.as_str())
    }

    /// Name of a person on screen.
    pub fn person_name(&self, id: PersonId) -> &str {
        if id == PersonId::SERVER {
            return "Holdfast";
        }
        self.people.get(&id).map_or("Unknown person", |person| person.name.as_str())
    }

    /// Name of a client on screen.
    pub fn client_name(&self, id: ClientId) -> &str {
        self.clients.get(&id).map_or("a client that is not known here", |client| client.name.as_str())
    }

    /// A person, while they work here: nobody who has left owes anything, and the role answers then (§3.2).
    pub fn at_work(&self, id: PersonId) -> Option<PersonId> {
        self.people.get(&id).filter(|person| person.active).map(|person| person.id)
    }

    /// The actor a person is at this moment; `None` for someone who does not work here.
    pub fn actor(&self, id: PersonId) -> Option<Actor> {
        let person = self.people.get(&id).filter(|person| person.active)?;
        Some(Actor { person: id, roles: person.roles.clone() })
    }
}

impl Setting {
    /// Its version, where every version is kept because something may be bound to it (ruling 15).
    pub const fn kept_version(&self) -> Option<u32> {
        match self {
            Self::Agreement(agreement) => Some(agreement.version),
            Self::Calendar(calendar) => Some(calendar.version),
            Self::EscalationPath(path) => Some(path.version),
            Self::Procedure(procedure) => Some(procedure.version),
            Self::Vendor(vendor) => Some(vendor.version),
            Self::Oversight(oversight) => Some(oversight.version),
            Self::House(house) => Some(house.version),
            Self::Client(_) | Self::Service(_) | Self::Person(_) | Self::Rota(_) | Self::Delegation(_) => {
                None
            }
        }
    }

    /// The id of what it sets; the house itself has a fixed one.
    pub const fn id(&self) -> uuid::Uuid {
        match self {
            Self::Client(client) => client.id.0,
            Self::Service(service) => service.id.0,
            Self::Person(person) => person.id.0,
            Self::Agreement(agreement) => agreement.id.0,
            Self::Calendar(calendar) => calendar.id.0,
            Self::Rota(rota) => rota.id.0,
            Self::EscalationPath(path) => path.id.0,
            Self::Procedure(procedure) => procedure.id.0,
            Self::Vendor(vendor) => vendor.id.0,
            Self::House(_) => uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0002),
            Self::Oversight(_) => uuid::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_000e),
            Self::Delegation(delegation) => delegation.id.0,
        }
    }
}
