//! A house to measure in: five clients with agreements on office hours, twelve people, no incident yet.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use incident::agreement::{Target, Targets};
use incident::calendar::{Calendar, CalendarId, Hours, Opening};
use incident::command::Configure;
use incident::communication::ContactTerms;
use incident::setup::{AffectedService, Category, CategoryCode, Client, House, Person};
use incident::{
    Agreement, AgreementId, ClientId, Command, CommandId, DeskId, PersonId, Role, ServiceId, Setting,
    Timestamp,
};
use protocol::{ClockClaim, Envelope, PUSH_MAX, Verdict};
use server::import::servicenow::{Mapping, ServicenowArguments, import_into};
use server::store::{Ruling, Store, Submission};
use server::{Clock, Server};
use uuid::Uuid;

use crate::now;
use crate::story;

/// Open incidents of a large desk.
pub(crate) const OPEN: u32 = 10_000;
pub(crate) const CLIENTS: u128 = 5;
pub(crate) const CATEGORY: &str = "network_outage";
const PEOPLE: u128 = 12;
const CALENDAR: CalendarId = CalendarId(Uuid::from_u128(0xCA1));
/// The account of the first person, for a desktop that signs in.
const ACCOUNT: (&str, &str) = ("bench", "a password for the bench");

/// The `n`-th person.
pub(crate) const fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0100_0000 + n % PEOPLE))
}

/// The `n`-th client.
pub(crate) const fn client(n: u128) -> ClientId {
    ClientId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0200_0000 + n % CLIENTS))
}

/// Its one service.
pub(crate) const fn service(n: u128) -> ServiceId {
    ServiceId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0300_0000 + n % CLIENTS))
}

/// A desk of its own.
pub(crate) fn new_desk() -> DeskId {
    DeskId(Uuid::now_v7())
}

/// A store with the configuration.
pub(crate) fn store(folder: &Path) -> anyhow::Result<Store> {
    let mut store = Store::create(folder, now()).context("making a desk")?;
    for setting in settings() {
        let id = CommandId(Uuid::now_v7());
        let submission = Submission::of_server(id, Command::Configure(Configure { setting }));
        let ruling = store.write(now(), |writing| writing.settle_command(&submission))?;
        match ruling {
            Ruling::Settled(outcome) => accepted(&outcome.verdict)?,
            Ruling::Reused => bail!("an id came twice"),
        }
    }
    Ok(store)
}

/// A server over such a store.
pub(crate) fn server(folder: &Path) -> anyhow::Result<Arc<Server>> {
    Ok(Arc::new(Server::start(store(folder)?, Clock::System)?))
}

/// The tokens of so many sessions.
pub(crate) fn tokens(server: &Server, count: usize) -> anyhow::Result<Vec<String>> {
    let opened = server.work(move |store, clock| {
        store.write(clock.now(), |writing| {
            (0..count as u128)
                .map(|n| Ok(writing.open_session(person(n))?.token))
                .collect::<Result<Vec<_>, _>>()
        })
    });
    let opened: Result<Vec<String>, server::store::Error> =
        opened.map_err(|fault| anyhow::anyhow!(fault.message))?;
    Ok(opened?)
}

/// A command as a desk sends it.
pub(crate) fn envelope(seq: u64, command: Command) -> Envelope {
    let claim = ClockClaim { at: now(), uncertainty_ms: 5 };
    Envelope { id: CommandId(Uuid::now_v7()), seq, claim, command, former_numbers: BTreeSet::new() }
}

/// Fails where a command of the bench was not accepted: it would measure a refusal.
pub(crate) fn accepted(verdict: &Verdict) -> anyhow::Result<()> {
    match verdict {
        Verdict::Accepted { .. } => Ok(()),
        Verdict::Refused { refusal } => bail!("a command of the bench was refused: {refusal}"),
        Verdict::Deferred => bail!("a command of the bench was deferred"),
    }
}

/// Logs open incidents, each somewhere between logged and being resolved.
pub(crate) fn fill(server: &Server, count: u32) -> anyhow::Result<()> {
    let desk = new_desk();
    let mut waiting: Vec<Envelope> = Vec::new();
    let mut seq = 0;
    for place in 0..count {
        for command in story::until(u128::from(place), story::stage_of(place)) {
            seq += 1;
            waiting.push(envelope(seq, command));
        }
        if waiting.len() > PUSH_MAX - story::LENGTH || place + 1 == count {
            let reply = server.submit(person(0), desk, std::mem::take(&mut waiting));
            let reply = reply.map_err(|fault| anyhow::anyhow!(fault.message))?;
            reply.outcomes.iter().try_for_each(|outcome| accepted(&outcome.verdict))?;
        }
    }
    Ok(())
}

/// A data directory for a server program: the house, what the log holds, open incidents, one account.
pub(crate) fn lay_out(folder: &Path, open: u32, log: Option<&Path>) -> anyhow::Result<()> {
    let mut store = store(folder)?;
    if let Some(log) = log {
        let arguments = ServicenowArguments { file: log.to_owned(), zone: "UTC".to_owned(), report: None };
        import_into(&mut store, folder, &arguments, &Mapping::default(), now())?;
    }
    store.write(now(), |writing| writing.add_account(ACCOUNT.0, person(0), ACCOUNT.1))?;
    let server = Arc::new(Server::start(store, Clock::System)?);
    fill(&server, open)?;
    println!("{}", serde_json::json!({ "account": ACCOUNT.0, "password": ACCOUNT.1 }));
    Ok(())
}

fn settings() -> Vec<Setting> {
    let mut settings = vec![Setting::Calendar(calendar())];
    for n in 0..CLIENTS {
        let name = format!("Client {n}");
        settings.push(Setting::Client(Client {
            id: client(n),
            name,
            zone: "Europe/London".into(),
            account_manager: None,
            before: Vec::new(),
        }));
        let name = format!("Network of client {n}");
        settings.push(Setting::Service(AffectedService {
            id: service(n),
            client: client(n),
            name,
            critical: true,
        }));
        settings.push(Setting::Agreement(agreement(n)));
    }
    settings.extend((0..PEOPLE).map(|n| {
        let roles = [Role::ServiceDesk, Role::Tier2].into();
        Setting::Person(Person {
            id: person(n),
            name: format!("Person {n}"),
            roles,
            clients: None,
            active: true,
            before: Vec::new(),
        })
    }));
    let category = Category {
        code: CategoryCode(CATEGORY.into()),
        name: "Network outage".into(),
        under: None,
        retired_at: None,
    };
    settings.push(Setting::House(House {
        version: 1,
        log_within_minutes: Some(5),
        categories: vec![category],
        ..House::default()
    }));
    settings
}

/// London, with a lunch break.
fn calendar() -> Calendar {
    let openings = [(8 * 60, 12 * 60), (13 * 60, 18 * 60)];
    let openings = openings.map(|(from_minute, to_minute)| Opening { from_minute, to_minute });
    let week = std::array::from_fn(|day| if day < 5 { openings.to_vec() } else { Vec::new() });
    Calendar {
        id: CALENDAR,
        name: "Office".into(),
        zone: "Europe/London".into(),
        hours: Hours::Weekly { week, holidays: Default::default(), special: BTreeMap::new() },
        version: 1,
    }
}

fn agreement(n: u128) -> Agreement {
    let target = |minutes, clause: &str| Some(Target { minutes, calendar: CALENDAR, clause: clause.into() });
    let targets = [1, 2, 8, 24].map(|factor| Targets {
        response: target(30 * factor, "1a"),
        restoration: target(240 * factor, "1b"),
        resolution: target(480 * factor, "1c"),
        ..Targets::default()
    });
    Agreement {
        id: AgreementId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0400_0000 + n)),
        version: 1,
        effective_from: Timestamp::from_millis(0),
        client: Some(client(n)),
        service: None,
        name: "Office hours".into(),
        reference: format!("OH-{n}"),
        targets,
        pauses: Vec::new(),
        terms: Default::default(),
        contact: ContactTerms::default(),
    }
}
