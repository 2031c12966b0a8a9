//! One desk: the real replica on its file, a wall clock that is wrong, and a line that comes and goes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use incident::{Command, CommandId, DeskId, PersonId, Timestamp};
use protocol::PushRequest;
use replica::{NotDone, Replica};

use super::copy::{Copy, Kept};
use super::folder::copy_as_it_lies;
use crate::chance::Chance;

/// Files of a desk that a crash leaves.
const FILES: [&str; 2] = ["replica.db", "replica.db-wal"];

/// How the line stands.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Which try this is: what belongs to an earlier one is not heard any more.
    pub(super) life: u32,
    /// Whether the clock was measured and the stream asked for.
    pub(super) is_up: bool,
    /// What was sent and not answered.
    pub(super) push: Option<(u32, PushRequest)>,
    /// Pushes so far.
    pub(super) pushes: u32,
    /// Tries in a row that failed.
    pub(super) failures: u32,
    /// When something was last heard, in the world's time.
    pub(super) heard_at: i64,
}

/// A person's wall clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wall {
    /// How far it is off.
    pub(super) skew_ms: i64,
    /// How much faster than true time it goes, in millionths.
    pub(super) drift_ppm: i64,
}

/// One desk.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) id: DeskId,
    pub(super) person: PersonId,
    pub(super) wall: Wall,
    pub(super) line: Line,
    /// No byte passes until then.
    pub(super) cut_until: i64,
    /// When the last message that kept its place in the order arrives.
    pub(super) heard_last: i64,
    /// Every command done here and not taken back.
    pub(super) done: BTreeMap<CommandId, Command>,
    /// Taken back before it left.
    pub(super) withdrawn: BTreeSet<CommandId>,
    replica: Option<Replica>,
    copy: Option<Copy>,
    root: PathBuf,
    lives: u32,
}

impl Desk {
    /// A new desk.
    pub(super) fn begin(
        root: &Path,
        id: DeskId,
        person: PersonId,
        wall: Wall,
        now: i64,
    ) -> Result<Self, String> {
        let mut desk = Self {
            id,
            person,
            wall,
            line: Line::default(),
            cut_until: 0,
            heard_last: 0,
            done: BTreeMap::new(),
            withdrawn: BTreeSet::new(),
            replica: None,
            copy: None,
            root: root.to_owned(),
            lives: 0,
        };
        desk.open(now)?;
        Ok(desk)
    }

    /// Its clock on the wall.
    pub(super) const fn wall(&self, now: i64) -> Timestamp {
        let drift = (now - super::BEGINS) / 1_000 * self.wall.drift_ppm / 1_000;
        Timestamp::from_millis(now + self.wall.skew_ms + drift)
    }

    fn dir(&self) -> PathBuf {
        self.root.join(format!("desk-{}-{}", self.id, self.lives))
    }

    /// Starts it on what lies there.
    pub(super) fn open(&mut self, now: i64) -> Result<(), String> {
        let replica =
            Replica::open(&self.dir(), self.id, self.wall(now)).map_err(|error| error.to_string())?;
        if replica.desk() != self.id {
            return Err(format!("desk {} came back under another name", self.id));
        }
        self.copy = Some(Copy::open(replica.path())?);
        self.replica = Some(replica);
        Ok(())
    }

    /// It goes down as it is.
    pub(super) fn crash(&mut self, torn: Option<&[u8]>) -> Result<(), String> {
        let before = self.dir();
        self.lives += 1;
        copy_as_it_lies(&before, &self.dir(), &FILES, torn)?;
        (self.copy, self.replica) = (None, None);
        self.line = Line { life: self.line.life + 1, pushes: self.line.pushes, ..Line::default() };
        std::fs::remove_dir_all(before).map_err(|error| error.to_string())
    }

    /// The replica and the view of its file, while the desk is up.
    pub(super) fn parts(&mut self) -> Option<(&mut Replica, &Copy)> {
        Some((self.replica.as_mut()?, self.copy.as_ref()?))
    }

    /// The view of its file, while it is up.
    pub(super) const fn copy(&self) -> Option<&Copy> {
        self.copy.as_ref()
    }

    /// Everything that lies on its disk.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        for file in FILES.iter().map(|name| self.dir().join(name)).filter(|file| file.exists()) {
            bytes.extend(std::fs::read(file).map_err(|error| error.to_string())?);
        }
        Ok(bytes)
    }

    /// The person does something; false where the policy says no at once.
    pub(super) fn does(&mut self, id: CommandId, command: Command, now: i64) -> Result<bool, String> {
        let wall = self.wall(now);
        let person = self.person;
        let Some(replica) = self.replica.as_mut() else { return Ok(false) };
        let Some(actor) = replica.live().setup.actor(person) else { return Ok(false) };
        match replica.execute(id, &actor, command.clone(), wall) {
            Ok(_) => {
                self.done.insert(id, command);
                Ok(true)
            }
            Err(NotDone::Refused(_)) => Ok(false),
            Err(NotDone::Failed(error)) => Err(error.to_string()),
        }
    }

    /// The person takes back one of the last things done, if it has not left.
    pub(super) fn takes_back(&mut self, chance: &mut Chance, now: i64) -> Result<Option<CommandId>, String> {
        let wall = self.wall(now);
        let Some(replica) = self.replica.as_mut() else { return Ok(None) };
        let ids: Vec<CommandId> = self.done.keys().rev().take(4).copied().collect();
        if ids.is_empty() {
            return Ok(None);
        }
        let id = *chance.pick(&ids);
        let gone = replica.withdraw(id, wall).map_err(|error| error.to_string())?;
        if gone.is_none() {
            return Ok(None);
        }
        self.done.remove(&id);
        self.withdrawn.insert(id);
        Ok(Some(id))
    }

    /// Nothing that was done here is lost: each command waits, is accepted or is refused with its words, and is
    /// so in one place only.
    /// What a backup covers may be forgotten.
    pub(super) fn check_kept(
        &self,
        kept: &Kept,
        covered: &BTreeSet<CommandId>,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let waiting: BTreeSet<CommandId> = kept.outbox.iter().map(|(envelope, _)| envelope.id).collect();
        for (id, command) in &self.done {
            let places = [waiting.contains(id), kept.archive.contains(id), kept.attention.contains_key(id)];
            let count = places.iter().filter(|is_there| **is_there).count();
            if count != 1 && !(count == 0 && covered.contains(id)) {
                return Err(format!(
                    "command {id} ({:?}) [waits, accepted, refused] is {places:?}",
                    command.verb()
                )
                .into());
            }
            if kept.attention.get(id).is_some_and(|envelope| envelope.command != *command) {
                return Err(format!("command {id} was refused and lost its words").into());
            }
        }
        let held = waiting.iter().chain(&kept.archive).chain(kept.attention.keys());
        if held.into_iter().any(|id| !self.done.contains_key(id)) {
            return Err("the desk holds a command that nobody gave".into());
        }
        Ok(())
    }

    /// Commands that wait here.
    pub(super) fn waiting(&self) -> Result<usize, Box<dyn std::error::Error>> {
        Ok(self.copy.as_ref().map(Copy::kept).transpose()?.map_or(0, |kept| kept.outbox.len()))
    }
}
