//! One desk with 10,000 open incidents: duties, offers, commands, frames, and the board after a start.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use incident::{Actor, CommandId, IncidentId, PersonId, Records, obligations, offers};
use protocol::{Frame, PushRequest};
use replica::view::Pending;
use replica::view::draw::{Looking, card};
use replica::{Applied, Replica};
use rusqlite::Connection;
use server::Server;
use uuid::Uuid;

use crate::finding::{Floor, Measure, Sorted, Stopwatch, Times};
use crate::house::{self, OPEN, accepted, envelope, person};
use crate::{floor, now, story};

const COMMANDS: usize = 500;
const FRAMES: usize = 200;
const PENDING: usize = 10;
/// Repetitions of what is slow; the median counts.
const REPEATS: usize = 7;
/// Commands between two exchanges with the server.
const PUSH: usize = 10;

/// Everything that a desk computes for itself.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<()> {
    let server = house::server(&folder.join("server"))?;
    house::fill(&server, OPEN)?;
    let mut desk = Desk::open(folder.join("desk").as_path(), server)?;
    let watch = Stopwatch::start();
    let records = desk.sync()?;
    let first_fill = watch.millis();
    ensure!(desk.replica.live().incidents.len() == OPEN as usize, "the board is not whole");
    let name =
        format!("first fill of a replica, 10,000 open incidents with their history, {records} records");
    Measure::new(name, first_fill, "ms").print()?;
    duties(&desk)?;
    let (_, commits) = floor::commits(folder, Duration::from_secs(2))?;
    commands(&mut desk, &commits)?;
    frames(&mut desk)?;
    board(desk)
}

/// A replica and the server it follows, without a network between them.
struct Desk {
    server: Arc<Server>,
    replica: Replica,
    viewer: PersonId,
    actor: Actor,
}

impl Desk {
    fn open(folder: &Path, server: Arc<Server>) -> anyhow::Result<Self> {
        let viewer = person(0);
        let actor = server.setup().actor(viewer).context("nobody there")?;
        Ok(Self { server, replica: Replica::open(folder, house::new_desk(), now())?, viewer, actor })
    }

    fn pull(&self) -> anyhow::Result<Frame> {
        let request = self.replica.pull_request(0)?;
        self.server.pull(self.viewer, &request).map_err(|fault| anyhow::anyhow!(fault.message))
    }

    fn apply(&mut self, frame: &Frame) -> anyhow::Result<()> {
        match self.replica.apply(frame, now())? {
            Applied::Changed(_) => Ok(()),
            Applied::Stale | Applied::Diverged => bail!("a frame did not fit"),
        }
    }

    /// Pulls until nothing is new and every scope is whole; how many records came.
    fn sync(&mut self) -> anyhow::Result<usize> {
        let mut records = 0;
        loop {
            let frame = self.pull()?;
            records += frame.put.len() + frame.fill.as_ref().map_or(0, |fill| fill.put.len());
            self.apply(&frame)?;
            let holds = self.replica.pull_request(0)?;
            if frame.from == frame.to && holds.scopes.iter().all(|scope| scope.low == 0) {
                return Ok(records);
            }
        }
    }

    /// Sends what waits, and takes the outcomes in.
    fn exchange(&mut self) -> anyhow::Result<()> {
        while let Some(PushRequest { desk, commands, .. }) = self.replica.next_push(now())? {
            let reply = self.server.submit(self.viewer, desk, commands);
            let reply = reply.map_err(|fault| anyhow::anyhow!(fault.message))?;
            reply.outcomes.iter().try_for_each(|outcome| accepted(&outcome.verdict))?;
            self.replica.push_answered(&reply.outcomes, now(), 0.5)?;
        }
        self.sync().map(drop)
    }

    fn note(&mut self, incident: IncidentId, text: &str) -> anyhow::Result<()> {
        let command = story::note(incident, text);
        self.replica.execute(CommandId(Uuid::now_v7()), &self.actor, command, now())?;
        Ok(())
    }

    fn incidents(&self) -> Vec<IncidentId> {
        self.replica.live().incidents.keys().copied().collect()
    }
}

fn median(work: impl FnMut() -> anyhow::Result<f64>) -> anyhow::Result<f64> {
    let times = std::iter::repeat_with(work).take(REPEATS).collect::<anyhow::Result<Times>>()?;
    Ok(times.sorted().percentile(50))
}

/// Duties of all, and what may be done with all.
fn duties(desk: &Desk) -> anyhow::Result<()> {
    let live = desk.replica.live();
    let all = Records {
        setup: Arc::clone(&live.setup),
        incidents: live.incidents.clone(),
        signals: live.signals.clone(),
        ..Records::default()
    };
    let mut owed = 0;
    let millis = median(|| {
        let watch = Stopwatch::start();
        owed = obligations(&all, now()).len();
        Ok(watch.millis())
    })?;
    ensure!(owed > OPEN as usize, "{owed} duties are fewer than the incidents");
    Measure::new(format!("duties of 10,000 open incidents ({owed} duties)"), millis, "ms").print()?;
    let mut offered = 0;
    let millis = median(|| {
        let watch = Stopwatch::start();
        offered = offers(&all, &desk.actor, now()).len();
        Ok(watch.millis())
    })?;
    Measure::new(format!("offers for 10,000 open incidents ({offered} offers)"), millis, "ms").print()
}

/// A command at the desk, from the call to the disk.
fn commands(desk: &mut Desk, commits: &Sorted) -> anyhow::Result<()> {
    let mut times = Times::default();
    for (place, incident) in desk.incidents().into_iter().cycle().take(COMMANDS).enumerate() {
        let watch = Stopwatch::start();
        desk.note(incident, "The provider called back and named a time")?;
        times.note(watch.millis());
        if place % PUSH == PUSH - 1 {
            desk.exchange()?;
        }
    }
    let times = times.sorted();
    for (word, percent, aim) in [("p50", 50, "≤ 1 ms"), ("p99", 99, "≤ 10 ms")] {
        let floor = Floor::new(format!("one SQLite row per commit, {word}"), commits.percentile(percent));
        let name = format!("a command done at the desk, on disk, {word}, 10,000 open incidents");
        Measure::new(name, times.percentile(percent), "ms").aim(aim).floor(floor).print()?;
    }
    Ok(())
}

/// A frame from the server while commands wait that it touches: rewind, apply, replay.
fn frames(desk: &mut Desk) -> anyhow::Result<()> {
    desk.exchange()?;
    let quiet = frames_on(desk)?;
    let waiting: Vec<IncidentId> = desk.incidents().into_iter().take(PENDING).collect();
    for incident in &waiting {
        desk.note(*incident, "This waits for the line")?;
    }
    let busy = frames_on(desk)?;
    for (word, percent) in [("p50", 50), ("p99", 99)] {
        let floor = Floor::new(format!("the same frame, nothing pending, {word}"), quiet.percentile(percent));
        let name = format!("a frame applied with {PENDING} pending commands, {word}");
        Measure::new(name, busy.percentile(percent), "ms").floor(floor).print()?;
    }
    desk.exchange()
}

/// Somebody else's notes on the first incidents come in, one a frame.
fn frames_on(desk: &mut Desk) -> anyhow::Result<Sorted> {
    let elsewhere = house::new_desk();
    let mut times = Times::default();
    let incidents: Vec<IncidentId> = desk.incidents().into_iter().take(PENDING).collect();
    for (place, incident) in incidents.into_iter().cycle().take(FRAMES).enumerate() {
        let command = story::note(incident, "Meanwhile at another desk");
        let reply = desk.server.submit(person(1), elsewhere, vec![envelope(place as u64 + 1, command)]);
        let reply = reply.map_err(|fault| anyhow::anyhow!(fault.message))?;
        reply.outcomes.iter().try_for_each(|outcome| accepted(&outcome.verdict))?;
        let frame = desk.pull()?;
        let watch = Stopwatch::start();
        desk.apply(&frame)?;
        times.note(watch.millis());
    }
    Ok(times.sorted())
}

/// A start: the file opened, the board in memory, its cards drawn and written as the window gets them.
fn board(desk: Desk) -> anyhow::Result<()> {
    let Desk { server, replica, actor, .. } = desk;
    let path = replica.path().to_owned();
    let folder = path.parent().context("the replica lies in a folder")?.to_owned();
    drop(replica);
    drop(server);
    let open = median(|| {
        let watch = Stopwatch::start();
        let replica = Replica::open(&folder, house::new_desk(), now())?;
        ensure!(replica.live().incidents.len() == OPEN as usize, "the board is not whole");
        Ok(watch.millis())
    })?;
    let raw = median(|| raw_documents(&path))?;
    Measure::new("replica opened, board of 10,000 open cards in memory", open, "ms")
        .floor(Floor::new("the same documents read, not parsed", raw))
        .print()?;
    let replica = Replica::open(&folder, house::new_desk(), now())?;
    let live = replica.live();
    let mut bytes = 0;
    let drawn = median(|| {
        let watch = Stopwatch::start();
        let looking = Looking { setup: &live.setup, viewer: &actor, now: now() };
        let cards: Vec<_> =
            live.incidents.values().map(|incident| card(incident, &looking, Pending::None)).collect();
        bytes = serde_json::to_vec(&cards)?.len();
        Ok(watch.millis())
    })?;
    let megabytes = bytes as f64 / 1e6;
    Measure::new(format!("10,000 cards drawn and written for the window ({megabytes:.1} MB)"), drawn, "ms")
        .print()
}

fn raw_documents(path: &Path) -> anyhow::Result<f64> {
    let watch = Stopwatch::start();
    let db = Connection::open(path)?;
    let mut list = db.prepare("SELECT doc FROM record WHERE kind = 'incident' AND open = 1")?;
    let mut rows = list.query([])?;
    let mut read = 0;
    while let Some(row) = rows.next()? {
        read += row.get_ref(0)?.as_bytes()?.len();
    }
    ensure!(read > 0, "nothing was read");
    Ok(watch.millis())
}
