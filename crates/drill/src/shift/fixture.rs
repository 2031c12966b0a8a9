//! The house that every shift begins in: three clients, seven people, two calendars, two agreements.
//!
//! - **acme**, gold: day and night; waiting for the client pauses the resolution clock.
//! - **bolt**, silver: New York office hours; nothing pauses; no resolution target for Severity 4.
//! - **cobalt**: no agreement.

use std::collections::{BTreeMap, BTreeSet};

use incident::agreement::{ClockKind, PauseCap, PauseReason, PauseRule, Target, Targets, Terms};
use incident::calendar::{Calendar, CalendarId, Hours, Opening};
use incident::communication::{ContactTerms, Topic};
use incident::oversight::{
    EnforcementRules, ExceptionRules, GamingRules, RecurrenceRule, ReviewRules, RiskWeights, SamplingRules,
    Within,
};
use incident::related::Vendor;
use incident::setup::{AffectedService, Category, CategoryCode, Client, House, Person};
use incident::survey::Scale;
use incident::{
    Actor, Agreement, AgreementId, AuditId, ClientId, Event, ExceptionId, Fact, IncidentId, MessageId,
    Oversight, PathId, PersonId, ProcedureId, Records, ReviewId, Role, RotaId, ServiceId, Setting, SignalId,
    Subject, SurveyId, SuspicionId, Timestamp, VendorId, ViolationId, communication,
};
use uuid::Uuid;

/// The people, and the roles they hold.
pub const PEOPLE: [(&str, Role); 7] = [
    ("ines", Role::ServiceDesk),
    ("tom", Role::Tier2),
    ("kay", Role::Tier3),
    ("mora", Role::IncidentManager),
    ("cole", Role::AccountManager),
    ("vance", Role::Supervisor),
    ("root", Role::Administrator),
];
/// The clients, and their services.
pub const CLIENTS: [(&str, &[&str]); 3] =
    [("acme", &["mail", "erp", "web"]), ("bolt", &["mail", "scada"]), ("cobalt", &["files"])];
/// The category tree.
pub const CATEGORIES: [&str; 4] =
    ["hardware_failure", "software_bug", "network_outage", "performance_degradation"];

fn named(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{kind}/{name}").as_bytes())
}

/// First letters of names, and the kind of record they stand for.
const LETTERS: [(char, &str); 8] = [
    ('I', "incident"),
    ('S', "signal"),
    ('D', "suspicion"),
    ('X', "exception"),
    ('P', "procedure"),
    ('V', "violation"),
    ('A', "audit"),
    ('Q', "survey"),
];

/// The record that a shift calls `I1`, `S2`, …
pub fn subject(name: &str) -> Result<Subject, String> {
    // R1 is the review that is opened for I1.
    if let Some(number) = name.strip_prefix('R').filter(|rest| !rest.is_empty()) {
        return Ok(Subject::Review(ReviewId::of(incident(&format!("I{number}")))));
    }
    let is_numbered = name.len() > 1 && name[1..].bytes().all(|digit| digit.is_ascii_digit());
    let letter = LETTERS.iter().find(|(letter, _)| is_numbered && name.starts_with(*letter));
    let found = letter.and_then(|(_, kind)| match *kind {
        // Q1 asks about the first closure of I1.
        "survey" => Some(Subject::Survey(SurveyId::of_closure(incident(&name.replacen('Q', "I", 1)), 1))),
        kind => Subject::of(kind, named(kind, name)),
    });
    found.ok_or_else(|| format!("\"{name}\" names no record; write I1 for an incident, S1 for a signal"))
}

/// The violation a shift calls `V1`.
pub fn violation(name: &str) -> ViolationId {
    ViolationId(named("violation", name))
}

/// The audit a shift calls `A1`.
pub fn audit(name: &str) -> AuditId {
    AuditId(named("audit", name))
}

/// The id of something that has a name and is no record, such as a delegation.
pub fn thing(kind: &str, name: &str) -> Uuid {
    named(kind, name)
}

/// The exception a shift calls `X1`.
pub fn exception(name: &str) -> ExceptionId {
    ExceptionId(named("exception", name))
}

/// The incident a shift calls `I1`.
pub fn incident(name: &str) -> IncidentId {
    IncidentId(named("incident", name))
}

/// The signal a shift calls `S1`.
pub fn signal(name: &str) -> SignalId {
    SignalId(named("signal", name))
}

/// The suspicion a shift calls `D1`.
pub fn suspicion(name: &str) -> SuspicionId {
    SuspicionId(named("suspicion", name))
}

/// A vendor.
pub fn vendor(name: &str) -> VendorId {
    VendorId(named("vendor", name))
}

/// The message a shift calls `M1`.
pub fn message(name: &str) -> MessageId {
    MessageId(named("message", name))
}

/// A person, or the server.
pub fn person(name: &str) -> PersonId {
    if name == "server" { PersonId::SERVER } else { PersonId(named("person", name)) }
}

/// A client.
pub fn client(name: &str) -> ClientId {
    ClientId(named("client", name))
}

/// A service of a client.
pub fn service(client: &str, name: &str) -> ServiceId {
    ServiceId(named("service", &format!("{client}/{name}")))
}

/// A calendar.
pub fn calendar(name: &str) -> CalendarId {
    CalendarId(named("calendar", name))
}

/// The agreement of a client.
pub fn agreement(client: &str) -> AgreementId {
    AgreementId(named("agreement", client))
}

/// An on-call rota.
pub fn rota(name: &str) -> RotaId {
    RotaId(named("rota", name))
}

/// An escalation path.
pub fn path(name: &str) -> PathId {
    PathId(named("path", name))
}

/// A procedure that a shift calls `P1`.
pub fn procedure(name: &str) -> ProcedureId {
    ProcedureId(named("procedure", name))
}

/// One of the people, with the role they hold.
pub fn actor(name: &str) -> Actor {
    let roles = PEOPLE.iter().filter(|(known, _)| *known == name).map(|(_, role)| *role).collect();
    Actor { person: person(name), roles }
}

/// All settings, in an order in which each may be configured.
pub fn settings() -> Vec<Setting> {
    let mut all = vec![
        Setting::Calendar(hours("always", "UTC", Hours::Always)),
        Setting::Calendar(hours("new_york", "America/New_York", office(9 * 60, 17 * 60))),
    ];
    all.extend(CLIENTS.iter().map(|(name, _)| Setting::Client(a_client(name))));
    all.extend(PEOPLE.iter().map(|(name, role)| Setting::Person(a_person(name, *role))));
    for (client_name, services) in CLIENTS {
        all.extend(services.iter().map(|name| {
            Setting::Service(AffectedService {
                id: service(client_name, name),
                client: client(client_name),
                name: (*name).to_owned(),
                critical: *name != "web",
            })
        }));
    }
    all.extend([
        Setting::Agreement(gold()),
        Setting::Agreement(silver()),
        Setting::Vendor(telco()),
        Setting::House(house()),
    ]);
    all.push(Setting::Oversight(oversight()));
    all
}

/// The house as records, nothing logged yet.
pub fn records() -> Records {
    let configured = |setting: Setting| Event {
        at: Timestamp::from_millis(0),
        received: Timestamp::from_millis(0),
        uncertainty_ms: 0,
        actor: person("root"),
        subject: Subject::Setting(setting.id()),
        fact: Fact::Configured { setting: Box::new(setting) },
    };
    let events: Vec<_> = settings().into_iter().map(configured).collect();
    incident::fold(&events)
}

/// Monday to Friday, once a day.
pub(super) fn office(from_minute: u16, to_minute: u16) -> Hours {
    let day = vec![Opening { from_minute, to_minute }];
    let mut week: [Vec<Opening>; 7] = std::array::from_fn(|_| day.clone());
    (week[5], week[6]) = (Vec::new(), Vec::new());
    Hours::Weekly { week, holidays: BTreeSet::new(), special: BTreeMap::new() }
}

pub(super) fn hours(name: &str, zone: &str, hours: Hours) -> Calendar {
    Calendar { id: calendar(name), name: name.to_owned(), zone: zone.to_owned(), hours, version: 1 }
}

fn a_client(name: &str) -> Client {
    Client {
        id: client(name),
        name: name.to_owned(),
        zone: "America/New_York".to_owned(),
        account_manager: Some(person("cole")),
        before: Vec::new(),
    }
}

pub(super) fn a_person(name: &str, role: Role) -> Person {
    Person {
        id: person(name),
        name: name.to_owned(),
        roles: BTreeSet::from([role]),
        clients: None,
        active: true,
        before: Vec::new(),
    }
}

/// A target of so many minutes on a calendar.
pub(super) fn target(minutes: u32, on: CalendarId) -> Target {
    Target { minutes, calendar: on, clause: "4.1".to_owned() }
}

fn targets(response: u32, resolution: Option<u32>, on: CalendarId) -> Targets {
    Targets {
        response: Some(target(response, on)),
        restoration: None,
        resolution: resolution.map(|minutes| target(minutes, on)),
        ..Targets::default()
    }
}

fn gold() -> Agreement {
    let always = calendar("always");
    let promise = |response, hours: u32| targets(response, Some(hours * 60), always);
    Agreement {
        id: agreement("acme"),
        version: 1,
        effective_from: Timestamp::from_millis(0),
        client: Some(client("acme")),
        service: None,
        name: "gold".to_owned(),
        reference: "A-1".to_owned(),
        targets: [promise(15, 4), promise(30, 8), promise(60, 24), promise(240, 72)],
        pauses: vec![PauseRule {
            reason: PauseReason::AwaitingClient,
            clocks: vec![ClockKind::Resolution],
            cap: PauseCap::default(),
            review_minutes: None,
        }],
        terms: Terms::default(),
        contact: ContactTerms::default(),
    }
}

fn silver() -> Agreement {
    let office = calendar("new_york");
    Agreement {
        id: agreement("bolt"),
        client: Some(client("bolt")),
        name: "silver".to_owned(),
        reference: "B-1".to_owned(),
        targets: [
            targets(30, Some(240), office),
            targets(60, Some(480), office),
            targets(120, Some(720), office),
            targets(240, None, office),
        ],
        pauses: Vec::new(),
        ..gold()
    }
}

/// A vendor that promises an answer within two hours and is reminded every hour.
fn telco() -> Vendor {
    Vendor {
        id: vendor("telco"),
        version: 1,
        name: "telco".to_owned(),
        answer: Some(target(120, calendar("always"))),
        remind_every_minutes: Some(60),
    }
}

fn house() -> House {
    let category = |code: &&str| Category {
        code: CategoryCode((*code).to_owned()),
        name: code.replace('_', " "),
        under: None,
        retired_at: None,
    };
    House {
        version: 1,
        zone: "America/New_York".to_owned(),
        log_within_minutes: Some(15),
        categories: CATEGORIES.iter().map(category).collect(),
        communication: communication::Rules {
            approval_for: Topic::ALL.into_iter().collect(),
            ..communication::Rules::default()
        },
        survey: Some(Scale { best: 5 }),
        ..House::default()
    }
}

/// The numbers of oversight; `docs/shifts.md` tells them.
fn oversight() -> Oversight {
    let within = |minutes| Some(Within { minutes, calendar: None });
    let open = |minutes| Some(Within { minutes, calendar: Some(calendar("new_york")) });
    let day = 24 * 60;
    Oversight {
        version: 1,
        effective_from: Timestamp::from_millis(0),
        exceptions: ExceptionRules {
            decide_within: [within(30), within(120), open(480), open(480)],
            two_people_over_minutes: Some(day),
            renewals_max: Some(2),
            break_glass_minutes: Some(day),
            delegation_days_max: Some(14),
            ..ExceptionRules::default()
        },
        reviews: ReviewRules {
            schedule_within: [within(3 * day), open(5 * 480), open(5 * 480), open(5 * 480)],
            finish_within: [within(15 * day), open(20 * 480), open(20 * 480), open(20 * 480)],
            recurrence: Some(RecurrenceRule { count: 3, days: 30 }),
            effect_days: Some(30),
            manager_after_minutes: Some(2 * day),
        },
        enforcement: EnforcementRules {
            repeated_count: Some(3),
            repeated_days: Some(90),
            reply_within: within(5 * day),
        },
        gaming: GamingRules {
            lowered_in_last_percent: Some(25),
            paused_in_last_percent: Some(10),
            reopened_within_minutes: Some(day),
            back_dated_in_last_percent: Some(10),
        },
        sampling: SamplingRules {
            weights: Some(RiskWeights {
                severity: [6, 3, 1, 0],
                breached: 4,
                reopened: 2,
                lowered: 2,
                unconfirmed: 2,
            }),
            every_days: None,
        },
    }
}
