//! The server's side: the real server by a clock moved by hand, its open streams, and its crashes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use incident::command::Configure;
use incident::{Command, CommandId, DeskId, PersonId, Setting, Timestamp};
use protocol::{ClockClaim, Envelope, Fault, Frame, PullRequest, PushReply};
use server::deadlines::Deadlines;
use server::store::{Store, Submission};
use server::{Clock, ManualClock, Server, advance, has_news};

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
        commands: Vec<Envelope>,
    ) -> Option<Result<PushReply, Fault>> {
        Some(self.server.as_ref()?.submit(person, desk, commands))
    }

    /// The Administrator sets something.
    pub(super) fn configure(
        &self,
        root: PersonId,
        id: CommandId,
        at: Timestamp,
        setting: Setting,
    ) -> Option<Result<PushReply, Fault>> {
        let claim = ClockClaim { at, uncertainty_ms: 0 };
        let command = Command::Configure(Configure { setting });
        self.push(root, DeskId(id.0), vec![Envelope { id, seq: 0, claim, command }])
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
