//! One run of the drill: desks and a server in one process, by clocks moved by hand, over a line that loses,
//! delays, doubles and breaks, with crashes at any step. Everything follows from the seed.
//!
//! Desks are real replicas on real files and the server is the real server; only the line between them, the
//! clocks and the people are played. What must hold is checked after every step, against the log folded anew.

mod cast;
mod check;
mod copy;
mod desk;
mod fault;
mod folder;
mod happening;
mod line;
mod marker;
mod model;
mod office;
mod people;
mod plant;
mod restore;
mod sabotage;
mod trace;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use incident::{CommandId, DeskId, Timestamp};
use protocol::{Frame, HEARTBEAT_MS};

use crate::chance::Chance;
use desk::{Desk, Wall};
use folder::Folder;
use happening::{Happening, Plan};
use marker::Markers;
use model::Model;
use office::Office;
use people::{Habit, Person};
pub use plant::Plant;
use restore::Past;
use trace::Trace;

/// When every run begins: 2027-01-15T08:00:00Z.
const BEGINS: i64 = 1_800_000_000_000;
/// Within so much virtual time after the last fault every outbox is empty.
const EMPTIED_MS: i64 = 10_000;
/// Then a heartbeat may pass until a cursor that has no news moves.
const LEVEL_MS: i64 = EMPTIED_MS + HEARTBEAT_MS.cast_signed() + 1_000;

/// What to play.
#[derive(Debug, Clone, Copy)]
pub struct Script {
    /// From which everything follows.
    pub seed: u64,
    /// Deeds and faults.
    pub ops: u32,
    /// A deliberate fault that must be caught.
    pub plant: Option<Plant>,
}

/// How much happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Commands done at desks.
    pub commands: u32,
    /// Of these, refused by the server.
    pub refused: u32,
    /// Frames taken in.
    pub frames: u32,
    /// Messages lost.
    pub lost: u32,
    /// Desks and servers that went down.
    pub crashes: u32,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.commands += other.commands;
        self.refused += other.refused;
        self.frames += other.frames;
        self.lost += other.lost;
        self.crashes += other.crashes;
    }
}

/// A run that was played.
#[derive(Debug)]
pub struct Played {
    /// The hash of everything that happened.
    pub hash: u64,
    /// The story, where it was asked for.
    pub lines: Vec<String>,
    /// What did not hold, and when.
    pub broken: Option<String>,
    /// How much happened.
    pub tally: Tally,
}

/// Plays it; `is_told` keeps the story.
pub fn play(script: Script, is_told: bool) -> Played {
    let mut world = match World::begin(script, is_told) {
        Ok(world) => world,
        Err(error) => {
            let broken = Some(format!("the run could not begin: {error}"));
            return Played { hash: 0, lines: Vec::new(), broken, tally: Tally::default() };
        }
    };
    let ended = catch_unwind(AssertUnwindSafe(|| world.run()));
    let broken = match ended {
        Ok(Ok(())) => None,
        Ok(Err(broken)) => Some(broken),
        Err(_) => Some("something panicked; its message stands above".to_owned()),
    };
    let broken = broken.map(|what| format!("after {} ms: {what}", world.now - BEGINS));
    Played { hash: world.trace.hash(), lines: world.trace.into_lines(), broken, tally: world.tally }
}

/// How bad the line is in this run.
#[derive(Debug, Clone, Copy)]
struct Weather {
    /// Messages lost, in a hundred.
    loss: u64,
    /// Messages doubled, in a hundred.
    doubled: u64,
    /// Messages that overtake others, in a hundred.
    overtakes: u64,
    /// Slowest message.
    latency_ms: i64,
    /// Between two deeds, at most.
    gap_ms: i64,
}

impl Weather {
    fn of(chance: &mut Chance) -> Self {
        Self {
            loss: *chance.pick(&[0, 2, 10, 25]),
            doubled: *chance.pick(&[0, 5, 20]),
            overtakes: *chance.pick(&[0, 0, 5, 20]),
            latency_ms: *chance.pick(&[20, 200, 1_500]),
            gap_ms: *chance.pick(&[250, 1_000, 5_000, 40_000]),
        }
    }
}

/// Everything there is in one run.
#[derive(Debug)]
struct World {
    chance: Chance,
    now: i64,
    plan: Plan,
    office: Office,
    desks: Vec<Desk>,
    model: Model,
    markers: Markers,
    weather: Weather,
    habit: Habit,
    ops_left: u32,
    is_calm: bool,
    /// Backups, and what was lost with what came after them.
    past: Past,
    /// When the server looks at its deadlines next.
    attend_at: i64,
    plant: Option<Plant>,
    /// The last frames that each desk took in, for a fault that needs an old one.
    taken: BTreeMap<usize, Frame>,
    trace: Trace,
    tally: Tally,
    /// Last, so that everything in it is closed before it goes.
    _folder: Folder,
}

impl World {
    fn begin(script: Script, is_told: bool) -> Result<Self, String> {
        let mut chance = Chance::of(script.seed);
        let folder = Folder::new()?;
        let begins = Timestamp::from_millis(BEGINS);
        let settings = cast::settings(&mut chance);
        let settings = settings.into_iter().map(|setting| (CommandId(chance.id(BEGINS)), setting)).collect();
        let office = Office::begin(folder.path(), begins, settings)?;
        let mut desks = Vec::new();
        for place in 0..1 + chance.place(4) {
            let skew_ms = *chance.pick(&[0, 40, -900, 75_000, -3_600_000, 3_600_000]);
            let wall = Wall { skew_ms, drift_ppm: chance.between(-500, 500) };
            let id = DeskId(chance.id(BEGINS));
            desks.push(Desk::begin(folder.path(), id, cast::person(place), wall, BEGINS)?);
        }
        let habit = if chance.percent(35) { Habit::HotKeys } else { Habit::Spread };
        let weather = Weather::of(&mut chance);
        Ok(Self {
            chance,
            now: BEGINS,
            plan: Plan::default(),
            office,
            desks,
            model: Model::default(),
            markers: Markers::default(),
            weather,
            habit,
            ops_left: script.ops,
            is_calm: false,
            past: Past::of(script.seed),
            attend_at: i64::MAX,
            plant: script.plant,
            taken: BTreeMap::new(),
            trace: Trace::new(is_told),
            tally: Tally::default(),
            _folder: folder,
        })
    }

    fn run(&mut self) -> Result<(), String> {
        self.say(format!("{} desks, {:?}, {:?}", self.desks.len(), self.habit, self.weather));
        self.news()?;
        for desk in 0..self.desks.len() {
            self.plan.at(self.now, Happening::Connect(desk, 0));
        }
        self.plan.at(self.now + 500, Happening::Op);
        self.plan.at(self.now + HEARTBEAT_MS.cast_signed(), Happening::Beat);
        while let Some((at, happening)) = self.plan.next() {
            self.now = self.now.max(at);
            self.office.set_clock(Timestamp::from_millis(self.now));
            if matches!(happening, Happening::Level) {
                return self.ends();
            }
            self.happens(happening)?;
        }
        Err("nothing was planned any more".to_owned())
    }

    fn happens(&mut self, happening: Happening) -> Result<(), String> {
        match happening {
            Happening::Op => self.op(),
            Happening::Reaches(desk, life, up) => self.reaches(desk, life, up),
            Happening::Returns(desk, life, down) => self.returns(desk, life, down),
            Happening::Connect(desk, life) => self.connect(desk, life),
            Happening::Silence(desk, life) => self.silence(desk, life),
            Happening::PushOverdue(desk, life, push) => self.push_overdue(desk, life, push),
            Happening::Send(desk, life) => self.send_later(desk, life),
            Happening::Attend => self.attend(),
            Happening::Beat => self.beat(),
            Happening::DeskBack(desk) => self.desk_back(desk),
            Happening::ServerBack => self.server_back(),
            Happening::Calm => self.calm(),
            Happening::Emptied => self.emptied(),
            Happening::Level => Ok(()),
        }
    }

    /// The next thing of the story: mostly somebody does something.
    fn op(&mut self) -> Result<(), String> {
        if self.ops_left == 0 {
            self.plan.at(self.now, Happening::Calm);
            return Ok(());
        }
        self.ops_left -= 1;
        let gap = self.chance.between(1, self.weather.gap_ms);
        self.plan.at(self.now + gap, Happening::Op);
        let desk = self.chance.place(self.desks.len());
        match self.chance.place(100) {
            0..=2 => self.takes_back(desk),
            3..=5 => self.desk_down(desk),
            6 => self.server_down(),
            7..=9 => self.cut(desk),
            10 | 11 => self.sees_others(desk),
            12 => self.clock_jumps(desk),
            13 => self.time_passes(),
            14 | 15 if self.past.has_restores => self.backs_up(),
            16 if self.past.has_restores => self.server_restored(),
            _ => self.does(desk),
        }
    }

    /// Somebody does something; where the policy says no at once, something else.
    fn does(&mut self, place: usize) -> Result<(), String> {
        for _ in 0..3 {
            let id = CommandId(self.chance.id(self.now));
            let desk = &mut self.desks[place];
            let wall = desk.wall(self.now);
            let Some((replica, _)) = desk.parts() else { return Ok(()) };
            let person = Person {
                chance: &mut self.chance,
                markers: &mut self.markers,
                desk: place,
                live: replica.live(),
                now: replica.offset.corrected(wall),
                habit: self.habit,
            };
            let Some(command) = person.next() else { return Ok(()) };
            let verb = command.verb().name();
            if self.desks[place].does(id, command, self.now)? {
                self.tally.commands += 1;
                self.say(format!("desk {place}: {verb} {id}"));
                self.check_desk(place, None)?;
                return self.send(place);
            }
            self.say(format!("desk {place}: {verb} is refused at once"));
        }
        self.check_desk(place, None)
    }

    fn takes_back(&mut self, place: usize) -> Result<(), String> {
        if let Some(id) = self.desks[place].takes_back(&mut self.chance, self.now)? {
            self.say(format!("desk {place}: takes back {id}"));
        }
        self.check_desk(place, None)
    }

    fn say(&mut self, line: impl AsRef<str>) {
        self.trace.tell(self.now - BEGINS, line.as_ref());
    }
}
