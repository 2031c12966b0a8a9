//! The clients of the demo, their services and their agreements. Every number here is the demo's.

use incident::agreement::{ClockKind, PauseCap, PauseReason, PauseRule, Target, Targets, Terms};
use incident::communication::ContactTerms;
use incident::setup::{AffectedService, Client};
use incident::{Agreement, AgreementId, ClientId, ServiceId, Setting, Timestamp};

use super::calendars::Kept::{
    self, BerlinOffice, ChicagoOffice, ClinicHours, KolkataNight, KolkataOffice, RoundTheClock,
};
use super::cast::Who;
use super::script::named;

/// A client of the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Firm {
    Acme,
    Bolt,
    Cobalt,
    Dune,
    Ely,
    Fenn,
}

/// Key, name on screen, and whether it is critical to the client's business.
type Offered = (&'static str, &'static str, bool);

impl Firm {
    pub(super) const ALL: [Self; 6] =
        [Self::Acme, Self::Bolt, Self::Cobalt, Self::Dune, Self::Ely, Self::Fenn];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Acme => "Acme Freight",
            Self::Bolt => "Bolt Logistics",
            Self::Cobalt => "Cobalt Clinics",
            Self::Dune => "Dune Hotels",
            Self::Ely => "Ely Bank",
            Self::Fenn => "Fenn Foods",
        }
    }

    const fn zone(self) -> &'static str {
        match self {
            Self::Acme => "America/New_York",
            Self::Bolt => "Europe/Berlin",
            Self::Cobalt => "Europe/London",
            Self::Dune => "Asia/Kolkata",
            Self::Ely => "America/Chicago",
            Self::Fenn => "Pacific/Auckland",
        }
    }

    /// The Account Manager.
    pub(super) const fn liaison(self) -> Who {
        match self {
            Self::Acme | Self::Bolt | Self::Ely => Who::Cole,
            Self::Cobalt | Self::Dune | Self::Fenn => Who::Wray,
        }
    }

    const fn services(self) -> &'static [Offered] {
        match self {
            Self::Acme => &[
                ("mail", "Mail and calendar", true),
                ("dispatch", "Dispatch board", true),
                ("erp", "Freight ERP", true),
                ("wifi", "Warehouse Wi-Fi", false),
                ("vpn", "Driver VPN", false),
            ],
            Self::Bolt => &[
                ("scan", "Parcel scanning", true),
                ("files", "File shares", false),
                ("print", "Label printing", true),
                ("backup", "Server backup", false),
            ],
            Self::Cobalt => &[
                ("records", "Patient records", true),
                ("phones", "Clinic telephony", true),
                ("imaging", "Imaging archive", true),
                ("desktops", "Clinic desktops", false),
            ],
            Self::Dune => &[
                ("frontdesk", "Front desk", true),
                ("guestnet", "Guest Wi-Fi", false),
                ("booking", "Booking interface", true),
                ("backoffice", "Back office", false),
            ],
            Self::Ely => &[
                ("teller", "Teller system", true),
                ("online", "Online banking", true),
                ("batch", "Overnight batch", true),
                ("desktops", "Branch desktops", false),
                ("print", "Statement printing", false),
            ],
            Self::Fenn => {
                &[("scales", "Weighbridge", true), ("orders", "Order intake", false), ("mail", "Mail", false)]
            }
        }
    }

    pub(super) fn id(self) -> ClientId {
        ClientId(named("client", self.name()))
    }

    /// One of its services; the demo's test folds every case, so a wrong key does not pass.
    pub(super) fn service(self, key: &str) -> ServiceId {
        ServiceId(named("service", &format!("{}/{key}", self.name())))
    }
}

/// All clients, as configuration.
pub(super) fn clients() -> impl Iterator<Item = Setting> {
    Firm::ALL.into_iter().map(|firm| {
        let account_manager = Some(firm.liaison().id());
        Setting::Client(Client {
            id: firm.id(),
            name: firm.name().into(),
            zone: firm.zone().into(),
            account_manager,
            before: Vec::new(),
        })
    })
}

/// All services, as configuration.
pub(super) fn services() -> impl Iterator<Item = Setting> {
    Firm::ALL.into_iter().flat_map(|firm| {
        firm.services().iter().map(move |&(key, name, critical)| {
            let (id, client, name) = (firm.service(key), firm.id(), name.into());
            Setting::Service(AffectedService { id, client, name, critical })
        })
    })
}

/// Minutes of response, restoration and resolution, and the calendar that counts them; 0 is no target.
type Promise = (u32, u32, u32, Kept);

struct Contract {
    firm: Firm,
    service: Option<&'static str>,
    name: &'static str,
    reference: &'static str,
    version: u32,
    /// In force since so many days before the first look.
    days_ago: i64,
    promises: [Promise; 4],
    pauses: &'static [(PauseReason, &'static [ClockKind])],
}

const RESTORE_AND_RESOLVE: &[ClockKind] = &[ClockKind::Restoration, ClockKind::Resolution];
const RESOLVE: &[ClockKind] = &[ClockKind::Resolution];

/// Acme: Gold, day and night, nothing pauses. Bolt: Silver, office hours. Cobalt: a restoration target of its
/// own, two pauses. Dune: Bronze, and a night agreement for the front desk alone. Ely: two versions of one
/// agreement. Fenn has none.
const CONTRACTS: &[Contract] = &[
    Contract {
        firm: Firm::Acme,
        service: None,
        name: "Gold 24x7",
        reference: "AF-2024-11",
        version: 1,
        days_ago: 500,
        promises: [
            (15, 0, 240, RoundTheClock),
            (30, 0, 480, RoundTheClock),
            (120, 0, 1_440, RoundTheClock),
            (480, 0, 4_320, RoundTheClock),
        ],
        pauses: &[],
    },
    Contract {
        firm: Firm::Bolt,
        service: None,
        name: "Silver office hours",
        reference: "BL-0417",
        version: 1,
        days_ago: 420,
        promises: [
            (30, 0, 240, BerlinOffice),
            (60, 0, 480, BerlinOffice),
            (240, 0, 1_440, BerlinOffice),
            (480, 0, 3_000, BerlinOffice),
        ],
        pauses: &[(PauseReason::AwaitingClient, RESOLVE)],
    },
    Contract {
        firm: Firm::Cobalt,
        service: None,
        name: "Clinical care",
        reference: "CC/MSA/7",
        version: 1,
        days_ago: 330,
        promises: [
            (15, 60, 240, RoundTheClock),
            (30, 120, 480, RoundTheClock),
            (60, 480, 1_440, ClinicHours),
            (240, 0, 2_880, ClinicHours),
        ],
        pauses: &[(PauseReason::AwaitingClient, RESTORE_AND_RESOLVE), (PauseReason::AwaitingVendor, RESOLVE)],
    },
    Contract {
        firm: Firm::Dune,
        service: None,
        name: "Bronze office hours",
        reference: "DH-B-22",
        version: 1,
        days_ago: 260,
        promises: [
            (60, 0, 480, KolkataOffice),
            (120, 0, 960, KolkataOffice),
            (480, 0, 2_400, KolkataOffice),
            (960, 0, 0, KolkataOffice),
        ],
        pauses: &[(PauseReason::AwaitingVendor, RESOLVE), (PauseReason::AwaitingChange, RESOLVE)],
    },
    Contract {
        firm: Firm::Dune,
        service: Some("frontdesk"),
        name: "Front desk at night",
        reference: "DH-N-03",
        version: 1,
        days_ago: 120,
        promises: [
            (20, 0, 180, KolkataNight),
            (30, 0, 300, KolkataNight),
            (120, 0, 900, KolkataNight),
            (240, 0, 0, KolkataNight),
        ],
        pauses: &[],
    },
    ELY_AS_SIGNED,
    Contract {
        reference: "EB-77 amendment 1",
        version: 2,
        days_ago: 15,
        promises: [
            (10, 0, 180, RoundTheClock),
            (20, 0, 360, RoundTheClock),
            (120, 0, 1_440, ChicagoOffice),
            (480, 0, 2_880, ChicagoOffice),
        ],
        ..ELY_AS_SIGNED
    },
];

const ELY_AS_SIGNED: Contract = Contract {
    firm: Firm::Ely,
    service: None,
    name: "Banking hours plus",
    reference: "EB-77",
    version: 1,
    days_ago: 380,
    promises: [
        (15, 0, 240, RoundTheClock),
        (30, 0, 480, RoundTheClock),
        (240, 0, 2_160, ChicagoOffice),
        (480, 0, 3_600, ChicagoOffice),
    ],
    pauses: &[(PauseReason::AwaitingChange, RESOLVE)],
};

/// All agreements, as configuration.
pub(super) fn agreements(now: Timestamp) -> impl Iterator<Item = Setting> {
    CONTRACTS.iter().map(move |contract| Setting::Agreement(contract.agreement(now)))
}

impl Contract {
    fn agreement(&self, now: Timestamp) -> Agreement {
        let place = format!("{}/{}", self.firm.name(), self.service.unwrap_or("all"));
        let mut section = 0;
        let targets = self.promises.map(|promise| {
            section += 1;
            targets(promise, section)
        });
        Agreement {
            id: AgreementId(named("agreement", &place)),
            version: self.version,
            effective_from: now.plus_millis(-self.days_ago * 24 * 60 * incident::MINUTE),
            client: Some(self.firm.id()),
            service: self.service.map(|key| self.firm.service(key)),
            name: self.name.into(),
            reference: self.reference.into(),
            targets,
            pauses: self
                .pauses
                .iter()
                .map(|&(reason, clocks)| PauseRule {
                    reason,
                    clocks: clocks.to_vec(),
                    cap: PauseCap::default(),
                    review_minutes: None,
                })
                .collect(),
            terms: Terms::default(),
            contact: ContactTerms::default(),
        }
    }
}

fn targets((response, restoration, resolution, calendar): Promise, section: u8) -> Targets {
    let target = |minutes: u32, letter: char| {
        let clause = format!("Schedule A, {section}{letter}");
        (minutes > 0).then(|| Target { minutes, calendar: calendar.id(), clause })
    };
    Targets {
        response: target(response, 'a'),
        restoration: target(restoration, 'b'),
        resolution: target(resolution, 'c'),
        ..Targets::default()
    }
}
