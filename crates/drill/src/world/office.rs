//! The server's side: the real server by a clock moved by hand, its open streams, and its crashes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use incident::command::Configure;
use incident::{Command, CommandId, DeskId, PersonId, Setting, Timestamp};
use protocol::{ClockClaim, Envelope, Fault, Frame, PullRequest, PushReply};
use server::deadlines::Deadlines;
use server::store::{Store, Submission};
use server::{Clock, ManualClock, Server, advance, has_news};
use uuid::Uuid;

use super::folder::copy_as_it_lies;

/// Files of the server that a crash leaves.
const FILES: [&str; 2] = ["holdfast.db", "holdfast.db-wal"];

/// One open stream.
#[derive(Debug)]
struct Feed {
    life: u32,
    person: PersonId,
    request: PullRequest,
}

/// A frame on its way to a desk.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) desk: usize,
    pub(super) life: u32,
    pub(super) person: PersonId,
    pub(super) frame: Result<Frame, Fault>,
}

/// The server.
#[derive(Debug)]
pub(super) struct Office {
    root: PathBuf,
    lives: u32,
    server: Option<Server>,
    clock: ManualClock,
    deadlines: Deadlines,
    feeds: BTreeMap<usize, Feed>,
    backups: u32,
    /// What the Administrator did, to be sent again after a restore as a desk would.
    settings: Vec<(PersonId, Envelope)>,
}

impl Office {
    /// A new server in `root` that holds these settings.
    pub(super) fn begin(
        root: &Path,
        now: Timestamp,
        settings: Vec<(CommandId, Setting)>,
    ) -> Result<Self, String> {
        let dir = root.join("server-0");
        let mut store = Store::create(&dir, now).map_err(|error| error.to_string())?;
        let configured = store.write(now, |writing| {
            settings.into_iter().try_for_each(|(id, setting)| {
                let command = Command::Configure(Configure { setting });
                writing.settle_command(&Submission::of_server(id, command)).map(drop)
            })
        });
        configured.map_err(|error: server::store::Error| error.to_string())?;
        drop(store);
        let clock = ManualClock::at(now);
        let mut office = Self {
            root: root.to_owned(),
            lives: 0,
            server: None,
            clock,
            deadlines: Deadlines::default(),
            feeds: BTreeMap::new(),
            backups: 0,
            settings: Vec::new(),
        };
        office.open()?;
        Ok(office)
    }

    fn dir(&self) -> PathBuf {
        self.root.join(format!("server-{}", self.lives))
    }

    /// Starts it on what lies there.
    pub(super) fn open(&mut self) -> Result<(), String> {
        let server = Server::open_with(&self.dir(), Clock::Manual(self.clock.clone()));
        self.server = Some(server.map_err(|error| error.to_string())?);
        self.deadlines = Deadlines::default();
        Ok(())
    }

    /// It goes down as it is: what lies on disk at this moment is what it starts from again.
    pub(super) fn crash(&mut self, torn: Option<&[u8]>) -> Result<(), String> {
        let before = self.dir();
        self.lives += 1;
        copy_as_it_lies(&before, &self.dir(), &FILES, torn)?;
        self.server = None;
        self.feeds.clear();
        std::fs::remove_dir_all(before).map_err(|error| error.to_string())
    }

    fn backup(&self) -> PathBuf {
        self.root.join(format!("backup-{}.db", self.backups))
    }

    /// Makes a backup beside the running server; the line up to which it covers the log.
    pub(super) fn back_up(&mut self) -> Result<Option<u64>, String> {
        if self.server.is_none() {
            return Ok(None);
        }
        self.backups += 1;
        let made = Store::open_beside(&self.dir()).and_then(|store| store.back_up(&self.backup()));
        made.map(|made| Some(made.seq)).map_err(|error| error.to_string())
    }

    /// Says of every line that a backup covers it: a fault to plant.
    pub(super) fn claims_all_safe(&self) -> Result<(), String> {
        let file = rusqlite::Connection::open(self.file()).map_err(|error| error.to_string())?;
        let sql = "UPDATE log_head SET safe_seq = 1000000000";
        file.execute(sql, []).map(drop).map_err(|error| error.to_string())
    }

    /// Puts the last backup back, if there is one; whether it did.
    pub(super) fn restore(&mut self, now: Timestamp) -> Result<bool, String> {
        if self.server.is_none() || self.backups == 0 {
            return Ok(false);
        }
        let before = self.dir();
        self.server = None;
        self.feeds.clear();
        self.lives += 1;
        Store::restore(&self.backup(), &self.dir(), now).map_err(|error| error.to_string())?;
        std::fs::remove_dir_all(before).map_err(|error| error.to_string())?;
        self.open()?;
        Ok(true)
    }

    /// The Administrator's desk sends again what it did.
    pub(super) fn sends_again(&self) -> Result<(), String> {
        for (root, envelope) in &self.settings {
            let pushed = self.push(*root, DeskId(envelope.id.0), None, vec![envelope.clone()]);
            pushed.transpose().map_err(|fault| fault.message)?;
        }
        Ok(())
    }

    /// The server, while it is up.
    pub(super) const fn server(&self) -> Option<&Server> {
        self.server.as_ref()
    }

    /// Sets its clock.
    pub(super) fn set_clock(&self, now: Timestamp) {
        self.clock.set(now);
    }

    /// A push arrives.
    pub(super) fn push(
        &self,
        person: PersonId,
        desk: DeskId,
        epoch: Option<Uuid>,
        commands: Vec<Envelope>,
    ) -> Option<Result<PushReply, Fault>> {
        let server = self.server.as_ref()?;
        Some(server.takes_from(epoch).and_then(|()| server.submit(person, desk, commands)))
    }

    /// The Administrator sets something.
    pub(super) fn configure(
        &mut self,
        root: PersonId,
        id: CommandId,
        at: Timestamp,
        setting: Setting,
    ) -> Option<Result<PushReply, Fault>> {
        let claim = ClockClaim { at, uncertainty_ms: 0 };
        let command = Command::Configure(Configure { setting });
        let envelope = Envelope { id, seq: 0, claim, command, former_numbers: BTreeSet::new() };
        let answer = self.push(root, DeskId(id.0), None, vec![envelope.clone()]);
        if answer.is_some() {
            self.settings.push((root, envelope));
        }
        answer
    }

    /// A desk opens its stream.
    pub(super) fn listen(&mut self, desk: usize, life: u32, person: PersonId, request: PullRequest) {
        if self.server.is_some() && self.feeds.get(&desk).is_none_or(|feed| feed.life <= life) {
            self.feeds.insert(desk, Feed { life, person, request });
        }
    }

    /// A line is gone, and so is its stream.
    pub(super) fn hang_up(&mut self, desk: usize) {
        self.feeds.remove(&desk);
    }

    /// Open streams.
    pub(super) fn listening(&self) -> Vec<(usize, u32)> {
        self.feeds.iter().map(|(desk, feed)| (*desk, feed.life)).collect()
    }

    /// Everything that the open streams have to say now; a beat also moves cursors without news.
    /// `seen_as` is who a frame is cut for.
    pub(super) fn speak(&mut self, is_beat: bool, seen_as: impl Fn(PersonId) -> PersonId) -> Vec<Sent> {
        let Some(server) = &self.server else { return Vec::new() };
        let mut sent = Vec::new();
        let mut ended = Vec::new();
        for (desk, feed) in &mut self.feeds {
            loop {
                let frame = server.pull(seen_as(feed.person), &feed.request);
                let goes_on = frame.as_ref().is_ok_and(|frame| {
                    has_news(frame) || (frame.to > frame.from && (is_beat || frame.from == 0))
                });
                match &frame {
                    Ok(frame) if goes_on => advance(&mut feed.request, frame),
                    Ok(_) => break,
                    Err(_) => ended.push(*desk),
                }
                sent.push(Sent { desk: *desk, life: feed.life, person: feed.person, frame });
                if !goes_on {
                    break;
                }
            }
        }
        for desk in ended {
            self.feeds.remove(&desk);
        }
        sent
    }

    /// Writes what is due; when to look again.
    pub(super) fn attend(&mut self) -> Result<Option<Timestamp>, String> {
        let Some(server) = &self.server else { return Ok(None) };
        self.deadlines.attend(server).map_err(|fault| fault.message)
    }

    /// Stops it in order and goes through its books.
    pub(super) fn audit(&mut self) -> Result<(), String> {
        self.server = None;
        let store = Store::open(&self.dir()).map_err(|error| error.to_string())?;
        store.verify().map_err(|error| error.to_string())?;
        Ok(())
    }

    /// Its file, for planting.
    pub(super) fn file(&self) -> PathBuf {
        self.dir().join(FILES[0])
    }
}
