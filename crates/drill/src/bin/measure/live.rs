//! From one desk to another: two replicas with real lines, a real server, loopback.

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use incident::{Actor, CommandId, Fact, IncidentId};
use replica::sync::{Http, Link, Shared, run};
use replica::{Changed, Reader, Replica};
use server::Server;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use crate::finding::{Floor, Measure, Stopwatch, Times};
use crate::house::{self, person};
use crate::{floor, now, story};

/// Commands seen by the other desk.
const COMMANDS: usize = 500;
/// Commands before the first one that counts.
const WARM_UP: usize = 20;
const SPACING: Duration = Duration::from_millis(20);
/// Open incidents on both boards meanwhile.
const OPEN: u32 = 2_000;
/// A change later than this never came.
const PATIENCE: Duration = Duration::from_secs(10);

/// Commit at one desk to row read at the other.
pub(crate) fn measure(folder: &Path) -> anyhow::Result<()> {
    let server = house::server(&folder.join("server"))?;
    house::fill(&server, OPEN)?;
    let running = Running::start(server)?;
    let times = blocking(2, desk_to_desk(folder, &running))?.sorted();
    ensure!(times.count() == COMMANDS, "{} of {COMMANDS} commands came through", times.count());
    let echoes = floor::echoes(COMMANDS, SPACING)?;
    let rows = [("p50", 50, "-"), ("p99", 99, "≤ 60 ms"), ("max", 100, "≤ 1,000 ms")];
    for (word, percent, aim) in rows {
        let name = format!("live, desk A → desk B, {word} of {COMMANDS}, {OPEN} open incidents");
        let bare = Floor::new(format!("bare TCP echo, {word}"), echoes.percentile(percent));
        Measure::new(name, times.percentile(percent), "ms").aim(aim).floor(bare).print()?;
    }
    Ok(())
}

/// Runs to the end on threads of its own.
fn blocking<T>(threads: usize, work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    let done = runtime.block_on(work);
    runtime.shutdown_background();
    done
}

/// A server that listens on loopback, on threads of its own.
pub(crate) struct Running {
    pub(crate) server: Arc<Server>,
    pub(crate) address: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<std::io::Result<()>>>,
}

impl Running {
    pub(crate) fn start(server: Arc<Server>) -> anyhow::Result<Self> {
        let (stop, stopped) = oneshot::channel::<()>();
        let listener = std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        listener.set_nonblocking(true)?;
        let address = format!("http://{}", listener.local_addr()?);
        let serving = Arc::clone(&server);
        let thread = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
            runtime.block_on(async move {
                let stop = async {
                    stopped.await.ok();
                };
                serving.serve(TcpListener::from_std(listener)?, stop).await;
                Ok(())
            })
        });
        Ok(Self { server, address, stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(Ok(()))) | None => {}
            Some(Ok(Err(error))) => eprintln!("the server ended with {error}"),
            Some(Err(_)) => eprintln!("the server broke"),
        }
    }
}

/// A desk with its line open.
struct Line {
    shared: Arc<Shared>,
    changes: mpsc::UnboundedReceiver<Changed>,
    reader: Reader,
    actor: Actor,
}

impl Line {
    async fn open(folder: &Path, running: &Running, who: u128, token: &str) -> anyhow::Result<Self> {
        let replica = Replica::open(folder, house::new_desk(), now())?;
        let reader = Reader::open(replica.path())?;
        let actor = running.server.setup().actor(person(who)).context("nobody there")?;
        let (shared, changes) = Shared::new(replica);
        let http = Http::new(&running.address, token)?;
        tokio::spawn(run(Arc::clone(&shared), http, now, || 0.5));
        let mut line = Self { shared, changes, reader, actor };
        tokio::time::timeout(Duration::from_secs(60), line.filled()).await.context("the first fill")??;
        Ok(line)
    }

    /// Returns when the copy is whole and the line live.
    async fn filled(&mut self) -> anyhow::Result<()> {
        loop {
            let holds = self.shared.replica().pull_request(0)?;
            let whole = holds.epoch.is_some() && holds.scopes.iter().all(|scope| scope.low == 0);
            if whole && matches!(self.shared.state().borrow().link, Link::Live { .. }) {
                return Ok(());
            }
            self.changes.recv().await.context("the line ended")?;
        }
    }

    fn does(&self, incident: IncidentId, text: &str) -> anyhow::Result<()> {
        let command = story::note(incident, text);
        self.shared.replica().execute(CommandId(Uuid::now_v7()), &self.actor, command, now())?;
        self.shared.outbox_filled();
        Ok(())
    }

    /// Returns when the note can be read here.
    async fn sees(&mut self, incident: IncidentId, text: &str) -> anyhow::Result<()> {
        loop {
            self.changes.recv().await.context("the line ended")?;
            let lines = self.reader.timeline(incident, 3)?;
            let is_there = lines
                .iter()
                .any(|(_, event, _)| matches!(&event.fact, Fact::NoteAdded { text: noted } if noted == text));
            if is_there {
                return Ok(());
            }
        }
    }
}

async fn desk_to_desk(folder: &Path, running: &Running) -> anyhow::Result<Times> {
    let tokens = house::tokens(&running.server, 2)?;
    let [first, second] = tokens.as_slice() else { bail!("two sessions were asked for") };
    let a = Line::open(&folder.join("a"), running, 0, first).await?;
    let mut b = Line::open(&folder.join("b"), running, 1, second).await?;
    let incidents: Vec<IncidentId> = b.shared.replica().live().incidents.keys().copied().collect();
    ensure!(incidents.len() == OPEN as usize, "{} incidents are on the board", incidents.len());
    let mut times = Times::default();
    for (place, incident) in incidents.iter().cycle().take(WARM_UP + COMMANDS).enumerate() {
        tokio::time::sleep(SPACING).await;
        let text = format!("Word {place} from the provider");
        let watch = Stopwatch::start();
        a.does(*incident, &text)?;
        let seen = tokio::time::timeout(PATIENCE, b.sees(*incident, &text)).await;
        seen.context("a command never came to the other desk")??;
        if place >= WARM_UP {
            times.note(watch.millis());
        }
    }
    Ok(times)
}
