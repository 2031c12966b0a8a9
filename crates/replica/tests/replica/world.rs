//! A log that a frame can be cut from at any place, a desk's file, and names to speak of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use incident::command::{AddNote, Assign, LogIncident};
use incident::identification::Source;
use incident::log::LogEntry;
use incident::setup::{AffectedService, Client, Person, Setting};
use incident::{
    Actor, ClientId, Command, CommandId, DeskId, Event, Impact, IncidentId, PersonId, Records, Role,
    ServiceId, Subject, Timestamp,
};
use protocol::{Envelope, Frame, Image, Kind, Leave, Outcome, PushRequest, ScopeId, Verdict, record_id};
use replica::{Applied, Changed, Replica};
use serde_json::value::RawValue;
use uuid::Uuid;

pub(crate) const SETUP: ScopeId = ScopeId(1);
pub(crate) const ACME: ScopeId = ScopeId(2);

/// The `n`-th millisecond of the story.
pub(crate) fn at(n: i64) -> Timestamp {
    Timestamp::from_millis(1_800_000_000_000 + n)
}

pub(crate) fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)
}

pub(crate) fn incident_id(n: u128) -> IncidentId {
    IncidentId(uuid(1_000 + n))
}

pub(crate) fn command_id(n: u128) -> CommandId {
    CommandId(uuid(100_000 + n))
}

pub(crate) fn ines() -> Actor {
    let roles = BTreeSet::from([Role::ServiceDesk, Role::Tier2, Role::IncidentManager, Role::Administrator]);
    Actor { person: PersonId(uuid(1)), roles }
}

pub(crate) fn jonas() -> Actor {
    Actor { person: PersonId(uuid(2)), roles: BTreeSet::from([Role::ServiceDesk, Role::Tier2]) }
}

pub(crate) fn log(n: u128, summary: &str) -> Command {
    Command::LogIncident(LogIncident {
        incident: incident_id(n),
        entry: LogEntry {
            client: ClientId(uuid(10)),
            services: vec![ServiceId(uuid(11))],
            summary: summary.into(),
            symptoms: "Nobody on floor two can send mail".into(),
            reporter: "Ada Moreau".into(),
            reported_at: at(0),
            source: Source::Phone,
            impact: Impact::SomeUsers,
            drill: false,
            recurrence_of: None,
            occurred_at: None,
            detected_at: None,
        },
    })
}

pub(crate) fn note(n: u128, text: &str) -> Command {
    Command::AddNote(AddNote { incident: incident_id(n), text: text.into() })
}

pub(crate) fn assign(n: u128, from: Option<PersonId>, to: &Actor) -> Command {
    Command::Assign(Assign { incident: incident_id(n), from, to: to.person })
}

/// The system of record, as small as a test needs it: it decides, numbers and keeps whole records.
pub(crate) struct Log {
    pub(crate) epoch: Uuid,
    pub(crate) records: Records,
    pub(crate) head: u64,
    pub(crate) safe: u64,
    images: BTreeMap<(Kind, Uuid), Image>,
    left: Vec<(u64, Leave)>,
    revoked: Vec<(u64, ScopeId)>,
    outcomes: BTreeMap<CommandId, (u64, Outcome)>,
}

impl Log {
    pub(crate) fn new() -> Self {
        let mut log = Self {
            epoch: uuid(900),
            records: Records::of_a_new_server(),
            head: 0,
            safe: 0,
            images: BTreeMap::new(),
            left: Vec::new(),
            revoked: Vec::new(),
            outcomes: BTreeMap::new(),
        };
        let client = Client {
            id: ClientId(uuid(10)),
            name: "Acme".into(),
            zone: "Europe/Paris".into(),
            account_manager: None,
            before: Vec::new(),
        };
        log.set(Setting::Client(client));
        log.set(Setting::Service(AffectedService {
            id: ServiceId(uuid(11)),
            client: ClientId(uuid(10)),
            name: "Mail".into(),
            critical: true,
        }));
        for (actor, name) in [(ines(), "Ines"), (jonas(), "Jonas")] {
            log.set(Setting::Person(Person {
                id: actor.person,
                name: name.into(),
                roles: actor.roles,
                clients: None,
                active: true,
                before: Vec::new(),
            }));
        }
        log
    }

    /// An administrator changes the configuration.
    pub(crate) fn set(&mut self, setting: Setting) {
        self.head += 1;
        let id = record_id::setting_id(&setting);
        let doc = serde_json::to_string(&setting).unwrap();
        self.image(Kind::SETTING, id, id, SETUP, doc);
        Arc::make_mut(&mut self.records.setup).take(setting).unwrap();
    }

    fn image(&mut self, kind: Kind, id: Uuid, of: Uuid, scope: ScopeId, doc: String) {
        let doc = RawValue::from_string(doc).unwrap();
        self.images.insert((kind, id), Image { kind, id, of, scope, rev: self.head, doc });
    }

    /// Somebody at another desk does something.
    pub(crate) fn does(&mut self, n: u128, actor: &Actor, when: Timestamp, command: Command) -> Verdict {
        let claim = protocol::ClockClaim { at: when, uncertainty_ms: 5 };
        let id = command_id(50_000 + n);
        self.decide(actor, &Envelope { id, seq: 0, claim, command, former_numbers: BTreeSet::new() })
    }

    /// A push arrives.
    pub(crate) fn takes(&mut self, actor: &Actor, push: &PushRequest) -> Vec<Outcome> {
        push.commands
            .iter()
            .map(|envelope| {
                if let Some((_, outcome)) = self.outcomes.get(&envelope.id) {
                    return outcome.clone();
                }
                let verdict = self.decide(actor, envelope);
                if matches!(verdict, Verdict::Refused { .. }) {
                    self.head += 1;
                }
                let outcome = Outcome { id: envelope.id, desk_seq: envelope.seq, verdict };
                self.outcomes.insert(envelope.id, (self.head, outcome.clone()));
                outcome
            })
            .collect()
    }

    fn decide(&mut self, actor: &Actor, envelope: &Envelope) -> Verdict {
        self.records.former_numbers.clone_from(&envelope.former_numbers);
        let decided = incident::decide(&self.records, actor, envelope.claim.at, &envelope.command);
        let events = match decided {
            Ok(events) => events,
            Err(refusal) => return Verdict::Refused { refusal },
        };
        for (place, event) in events.iter().enumerate() {
            self.append(envelope.id, place, event);
        }
        Verdict::Accepted { seq: self.head }
    }

    fn append(&mut self, command: CommandId, place: usize, event: &Event) {
        self.head += 1;
        incident::apply(&mut self.records, event);
        let entry = record_id::entry_id(command, place);
        let doc = serde_json::to_string(event).unwrap();
        self.records.next_number = u32::try_from(self.records.incidents.len() + 1).ok();
        let (subject, of) = (event.subject, event.subject.id());
        let Some(record) = self.records.get(subject).map(|record| record.document().unwrap()) else { return };
        self.image(Kind::ENTRY, entry, of, ACME, doc);
        self.image(Kind::of(subject), of, of, ACME, record);
    }

    /// A record leaves the desk's sight.
    pub(crate) fn leaves(&mut self, of: Uuid) {
        self.head += 1;
        self.images.retain(|_, image| image.of != of);
        self.left.push((self.head, Leave { of }));
    }

    /// The desk loses a scope.
    pub(crate) fn revokes(&mut self, scope: ScopeId) {
        self.head += 1;
        self.images.retain(|_, image| image.scope != scope);
        self.revoked.push((self.head, scope));
    }

    /// Everything after `from`, as one consistent step.
    pub(crate) fn frame(&self, from: u64) -> Frame {
        let since = |rev: u64| rev > from;
        let put = self.images.values().filter(|image| since(image.rev)).cloned().collect();
        let outcomes = self.outcomes.values().filter(|(seq, _)| since(*seq)).map(|(_, o)| o.clone());
        Frame {
            epoch: self.epoch,
            from,
            to: self.head,
            chain: format!("{:08x}", self.head),
            safe: self.safe,
            now: at(0),
            revoke: self.revoked.iter().filter(|(seq, _)| since(*seq)).map(|(_, scope)| *scope).collect(),
            grant: if from == 0 { vec![SETUP, ACME] } else { Vec::new() },
            leave: self.left.iter().filter(|(seq, _)| since(*seq)).map(|(_, leave)| *leave).collect(),
            put,
            outcomes: outcomes.collect(),
            fill: None,
            remaining: 0,
        }
    }
}

static FOLDERS: AtomicU32 = AtomicU32::new(0);

/// A desk and the log it follows.
pub(crate) struct World {
    pub(crate) log: Log,
    pub(crate) desk: Replica,
    pub(crate) folder: PathBuf,
    given: u128,
}

impl World {
    /// A desk that holds the configuration and nothing else.
    pub(crate) fn new() -> Self {
        let mut world = Self::empty();
        world.sync();
        world
    }

    /// A desk before its first frame.
    pub(crate) fn empty() -> Self {
        let place = FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("holdfast-replica-{}-{place}", std::process::id()));
        if folder.exists() {
            std::fs::remove_dir_all(&folder).unwrap();
        }
        let desk = Replica::open(&folder, DeskId(uuid(800)), at(0)).unwrap();
        Self { log: Log::new(), desk, folder, given: 0 }
    }

    /// The power goes, and the desk starts again from its file.
    pub(crate) fn restart(&mut self, now: Timestamp) {
        self.desk = Replica::open(&self.folder, DeskId(uuid(801)), now).unwrap();
    }

    /// Ines does something at this desk.
    pub(crate) fn gives(&mut self, when: Timestamp, command: Command) -> CommandId {
        self.given += 1;
        self.desk.execute(command_id(self.given), &ines(), command, when).unwrap().id
    }

    pub(crate) fn cursor(&self) -> u64 {
        self.desk.pull_request(0).unwrap().cursor
    }

    /// The next frame is taken in.
    pub(crate) fn sync(&mut self) -> Changed {
        let frame = self.log.frame(self.cursor());
        self.takes_in(&frame)
    }

    pub(crate) fn takes_in(&mut self, frame: &Frame) -> Changed {
        match self.desk.apply(frame, at(0)).unwrap() {
            Applied::Changed(changed) => changed,
            other => panic!("the frame was not taken in: {other:?}"),
        }
    }

    /// Whatever is due is pushed and answered.
    pub(crate) fn push(&mut self, now: Timestamp) -> Vec<Outcome> {
        let Some(push) = self.desk.next_push(now).unwrap() else { return Vec::new() };
        let outcomes = self.log.takes(&ines(), &push);
        self.desk.push_answered(&outcomes, now, 0.0).unwrap();
        outcomes
    }

    /// The incident as it stands at the desk.
    pub(crate) fn here(&self, n: u128) -> Option<Arc<incident::Incident>> {
        let id = incident_id(n);
        self.desk.records_of(Subject::Incident(id)).unwrap().incidents.remove(&id)
    }

    pub(crate) fn reader(&self) -> replica::Reader {
        replica::Reader::open(self.desk.path()).unwrap()
    }

    /// The incidents that somebody finds at this desk.
    pub(crate) fn found(&self, text: &str, by: &Actor) -> Vec<IncidentId> {
        let hits = self.reader().search(text, 10, &self.desk.live().setup, by.person).unwrap();
        hits.into_iter().map(|found| found.incident.id).collect()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            assert!(std::thread::panicking(), "the folder could not be removed: {error}");
        }
    }
}
