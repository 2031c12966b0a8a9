//! A small house: two clients, three people, a clock that stands.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use incident::agreement::{Target, Targets};
use incident::calendar::Calendar;
use incident::command::{AddNote, Configure, LogIncident};
use incident::communication::ContactTerms;
use incident::identification::Source;
use incident::log::LogEntry;
use incident::setup::{AffectedService, Client, Person};
use incident::{
    Agreement, AgreementId, ClientId, Command, CommandId, DeskId, Impact, IncidentId, PersonId, Role,
    ServiceId, Setting, Timestamp,
};
use protocol::{ClockClaim, Envelope, Frame, Kind, PROTOCOL, PullRequest, ScopeFill, Stage, Verdict};
use server::store::{Ruling, Store, Submission};
use server::{Clock, ManualClock, Server};
use uuid::Uuid;

/// Monday, 2 March 2026, 09:00 in UTC.
pub(crate) const START: Timestamp = Timestamp::from_millis(1_772_442_000_000);
pub(crate) const MINUTE: i64 = 60_000;

pub(crate) const ACME: ClientId = ClientId(Uuid::from_u128(0xA1));
pub(crate) const BORG: ClientId = ClientId(Uuid::from_u128(0xB1));
pub(crate) const ACME_MAIL: ServiceId = ServiceId(Uuid::from_u128(0xA2));
pub(crate) const BORG_MAIL: ServiceId = ServiceId(Uuid::from_u128(0xB2));
/// Sees everything and may do everything.
pub(crate) const INES: PersonId = PersonId(Uuid::from_u128(0x11));
/// Service Desk, sees Acme alone.
pub(crate) const BOB: PersonId = PersonId(Uuid::from_u128(0x22));
/// Personnel without another role.
pub(crate) const EVE: PersonId = PersonId(Uuid::from_u128(0x33));
pub(crate) const DESK: DeskId = DeskId(Uuid::from_u128(0xD1));
pub(crate) const OTHER_DESK: DeskId = DeskId(Uuid::from_u128(0xD2));
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A house in a directory of its own, gone with the fixture.
pub(crate) struct Fixture {
    pub(crate) dir: PathBuf,
    pub(crate) clock: ManualClock,
    pub(crate) server: Arc<Server>,
    ids: std::cell::Cell<u128>,
    gone: Gone,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let dir = std::env::temp_dir().join(format!("holdfast-{}", Uuid::now_v7().simple()));
        let clock = ManualClock::at(START);
        let mut store = Store::create(&dir, START).expect("a new desk");
        configure(&mut store);
        let server = Server::start(store, Clock::Manual(clock.clone())).expect("a server");
        let gone = Gone(dir.clone());
        Self { dir, clock, server: Arc::new(server), ids: std::cell::Cell::new(0x1000), gone }
    }

    /// The process ends, and another one starts on the same files.
    pub(crate) fn restart(self) -> Self {
        let Self { dir, clock, server, ids, gone } = self;
        drop(server);
        let server = Server::open_with(&dir, Clock::Manual(clock.clone())).expect("the same desk");
        Self { dir, clock, server: Arc::new(server), ids, gone }
    }

    /// The store alone, once the server is gone.
    pub(crate) fn into_store(self) -> (Store, impl Drop) {
        let Self { dir, server, gone, .. } = self;
        drop(server);
        (Store::open(&dir).expect("the same desk"), gone)
    }

    pub(crate) fn id(&self) -> Uuid {
        self.ids.set(self.ids.get() + 1);
        Uuid::from_u128(self.ids.get())
    }

    pub(crate) fn envelope(&self, command: Command) -> Envelope {
        let id = self.id();
        let claim = ClockClaim { at: self.server.clock().now(), uncertainty_ms: 7 };
        let seq = u64::try_from(id.as_u128()).expect("small");
        Envelope { id: CommandId(id), seq, claim, command, former_numbers: BTreeSet::new() }
    }

    /// Does something as a person, at the first desk.
    pub(crate) fn act(&self, person: PersonId, command: Command) -> Verdict {
        let envelope = self.envelope(command);
        let reply = self.server.submit(person, DESK, vec![envelope]).expect("settled");
        reply.outcomes.into_iter().next().expect("one outcome").verdict
    }

    /// Logs an incident whose summary carries a mark.
    pub(crate) fn log(&self, client: ClientId, summary: &str) -> IncidentId {
        let incident = IncidentId(self.id());
        let verdict = self.act(INES, log_incident(incident, client, summary));
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
        incident
    }

    pub(crate) fn note(&self, person: PersonId, incident: IncidentId, text: &str) -> Verdict {
        self.act(person, Command::AddNote(AddNote { incident, text: text.into() }))
    }

    pub(crate) fn pull(&self, person: PersonId, request: &PullRequest) -> Frame {
        self.server.pull(person, request).expect("a frame")
    }
}

/// A folder of a test's own, gone with it.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("holdfast-folder-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    pub(crate) fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A file in it, by its path as somebody types it.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.into_os_string().into_string().expect("a path in words")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Runs the server's program, and gives whether it did what was asked and all that it said.
pub(crate) fn run(words: &[&str], data: &Path) -> (bool, String) {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_holdfast-server"));
    let output = program.args(words).arg("--data").arg(data).output().expect("it starts");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).expect("words"))
}

struct Gone(PathBuf);

impl Drop for Gone {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

pub(crate) fn log_incident(incident: IncidentId, client: ClientId, summary: &str) -> Command {
    let service = if client == ACME { ACME_MAIL } else { BORG_MAIL };
    let entry = LogEntry {
        client,
        services: vec![service],
        summary: summary.into(),
        symptoms: "Mail does not go out".into(),
        reporter: "Kim Client".into(),
        reported_at: START,
        source: Source::Phone,
        impact: Impact::ManyUsers,
        drill: false,
        recurrence_of: None,
        occurred_at: None,
        detected_at: None,
    };
    Command::LogIncident(LogIncident { incident, entry })
}

/// A desk that holds nothing.
pub(crate) fn first() -> PullRequest {
    PullRequest {
        protocol: PROTOCOL,
        desk: DESK,
        epoch: None,
        cursor: 0,
        chain: None,
        stage: Stage::Board,
        scopes: Vec::new(),
        wait_ms: 0,
    }
}

/// What the desk asks after it applied a frame.
pub(crate) fn after(mut request: PullRequest, frame: &Frame) -> PullRequest {
    assert_eq!(frame.from, request.cursor);
    request.epoch = Some(frame.epoch);
    request.cursor = frame.to;
    request.chain = Some(frame.chain.clone());
    request.stage = Stage::Fill;
    request.scopes.retain(|held| !frame.revoke.contains(&held.scope));
    request.scopes.extend(frame.grant.iter().map(|scope| ScopeFill { scope: *scope, low: frame.to }));
    if let Some(fill) = &frame.fill {
        let held = request.scopes.iter_mut().find(|held| held.scope == fill.scope).expect("held");
        held.low = fill.low;
    }
    request
}

/// Ids of one kind in what a frame puts.
pub(crate) fn ids(frame: &Frame, kind: Kind) -> BTreeSet<Uuid> {
    frame
        .put
        .iter()
        .chain(frame.fill.iter().flat_map(|fill| &fill.put))
        .filter(|image| image.kind == kind)
        .map(|image| image.id)
        .collect()
}

fn configure(store: &mut Store) {
    for (place, setting) in (1u128..).zip(settings()) {
        let id = CommandId(Uuid::from_u128(0xC000 + place));
        let submission = Submission::of_server(id, Command::Configure(Configure { setting }));
        let ruling = store.write(START, |writing| writing.settle_command(&submission)).expect("settled");
        let Ruling::Settled(outcome) = ruling else { panic!("fresh ids") };
        assert!(matches!(outcome.verdict, Verdict::Accepted { .. }), "{outcome:?}");
    }
    store
        .write(START, |writing| {
            writing.add_account("Ines", INES, PASSWORD)?;
            writing.add_account("bob", BOB, PASSWORD)?;
            writing.add_account("eve", EVE, PASSWORD)
        })
        .expect("accounts");
}

pub(crate) fn person(id: PersonId, name: &str, roles: &[Role], clients: Option<&[ClientId]>) -> Setting {
    Setting::Person(Person {
        id,
        name: name.into(),
        roles: roles.iter().copied().collect(),
        clients: clients.map(|clients| clients.iter().copied().collect()),
        active: true,
        before: Vec::new(),
    })
}

fn settings() -> Vec<Setting> {
    let calendar: Calendar = serde_json::from_value(serde_json::json!({
        "id": Uuid::from_u128(0xCA1), "version": 1, "name": "Always", "zone": "UTC", "hours": "always"
    }))
    .expect("a calendar");
    let always = calendar.id;
    let target = |minutes| Some(Target { minutes, calendar: always, clause: "4.1".into() });
    let targets =
        Targets { response: target(30), restoration: None, resolution: target(240), ..Targets::default() };
    let client = |id, name: &str| {
        let (name, zone, before) = (name.into(), "UTC".into(), Vec::new());
        Setting::Client(Client { id, name, zone, account_manager: None, before })
    };
    let service = |id, client, name: &str| {
        Setting::Service(AffectedService { id, client, name: name.into(), critical: true })
    };
    let everything: Vec<Role> = Role::ALL.into_iter().filter(|role| *role != Role::Server).collect();
    vec![
        Setting::Calendar(calendar),
        client(ACME, "Acme"),
        client(BORG, "Borg SECRET-B"),
        service(ACME_MAIL, ACME, "Acme mail"),
        service(BORG_MAIL, BORG, "Borg mail SECRET-B"),
        Setting::Agreement(Agreement {
            id: AgreementId(Uuid::from_u128(0xA6)),
            version: 1,
            effective_from: Timestamp::from_millis(0),
            client: Some(ACME),
            service: None,
            name: "Gold".into(),
            reference: "G-1".into(),
            targets: [targets.clone(), targets.clone(), targets.clone(), targets],
            pauses: Vec::new(),
            terms: Default::default(),
            contact: ContactTerms::default(),
        }),
        person(INES, "Ines", &everything, None),
        person(BOB, "Bob", &[Role::ServiceDesk], Some(&[ACME])),
        person(EVE, "Eve", &[], None),
    ]
}
